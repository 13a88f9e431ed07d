using Akka.Actor;

namespace Akka.Pattern;

/// <summary>How a <see cref="BackoffSupervisor"/> behaves. Immutable.</summary>
public abstract class BackoffOptions
{
    private protected BackoffOptions()
    {
    }

    /// <summary>
    /// The delay starts over after the child has lived this long. The default is the shortest delay.
    /// </summary>
    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    /// <summary>The delay starts over when <see cref="BackoffSupervisor.Reset"/> is received.</summary>
    public abstract BackoffOptions WithManualReset();

    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    /// <summary>The child is stopped at every failure.</summary>
    public abstract BackoffOptions WithDefaultStoppingStrategy();

    /// <summary>The answer while there is no child; without it such messages are dead letters.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    /// <summary>Messages after which a stop of the child is final.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);

    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);
}

internal sealed class PlannedBackoffOptions(BackoffPlan plan) : BackoffOptions
{
    public BackoffPlan Plan { get; } = plan;

    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff) =>
        new PlannedBackoffOptions(Plan with { AutoReset = resetBackoff });

    public override BackoffOptions WithManualReset() =>
        new PlannedBackoffOptions(Plan with { AutoReset = null });

    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) =>
        new PlannedBackoffOptions(Plan with { Strategy = supervisorStrategy });

    public override BackoffOptions WithDefaultStoppingStrategy() =>
        WithSupervisorStrategy(
            SupervisorStrategy.StoppingStrategy.WithMaxNrOfRetries(Plan.Strategy.MaxNumberOfRetries));

    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) =>
        new PlannedBackoffOptions(Plan with { ReplyWhileStopped = replyWhileStopped });

    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) =>
        new PlannedBackoffOptions(Plan with { FinalStopMessage = isFinalStopMessage });

    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) =>
        WithSupervisorStrategy(Plan.Strategy.WithMaxNrOfRetries(maxNrOfRetries));
}

/// <summary>What makes the supervisor start its child again.</summary>
internal enum BackoffTrigger
{
    Stop,
    Failure,
}

/// <summary>What the options come to.</summary>
internal sealed record BackoffPlan(
    BackoffTrigger Trigger,
    Props ChildProps,
    string ChildName,
    TimeSpan MinBackoff,
    TimeSpan MaxBackoff,
    double RandomFactor)
{
    public static readonly OneForOneStrategy DefaultStrategy = new(SupervisorStrategy.DefaultDecider);

    /// <summary>Null = by hand.</summary>
    public TimeSpan? AutoReset { get; init; } = MinBackoff;

    /// <summary>Its number of retries is also the supervisor's own.</summary>
    public OneForOneStrategy Strategy { get; init; } = DefaultStrategy;

    public object? ReplyWhileStopped { get; init; }

    public Func<object, bool>? FinalStopMessage { get; init; }

    /// <param name="restarts">How many there were.</param>
    public bool Allows(int restarts) =>
        Strategy.MaxNumberOfRetries < 0 || restarts < Strategy.MaxNumberOfRetries;

    /// <param name="restarts">How many there were.</param>
    /// <param name="random">0 to 1.</param>
    public TimeSpan Delay(int restarts, double random)
    {
        var jitter = 1 + (random * RandomFactor);
        // 2^30 shortest delays are beyond any longest one.
        var grown = MinBackoff.TotalMilliseconds * Math.Pow(2, Math.Min(restarts, 30));
        return TimeSpan.FromMilliseconds(Math.Min(MaxBackoff.TotalMilliseconds, grown) * jitter);
    }
}
