namespace Akka.Actor;

/// <summary>Answers for the failed child alone.</summary>
public class OneForOneStrategy : SupervisorStrategy
{
    /// <param name="maxNrOfRetries">Restarts allowed within the time range; null or −1 = unlimited; then the
    /// child is stopped.</param>
    /// <param name="withinTimeRange">Null = the child's whole life.</param>
    /// <param name="localOnlyDecider">Directive by exception.</param>
    public OneForOneStrategy(
        int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Akka.Actor.Decider.From(localOnlyDecider))
    {
    }

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(new RestartLimit(maxNrOfRetries, withinTimeRange), decider, loggingEnabled: true)
    {
    }

    public OneForOneStrategy(
        int maxNrOfRetries,
        int withinTimeMilliseconds,
        Func<Exception, Directive> localOnlyDecider,
        bool loggingEnabled = true)
        : this(
            maxNrOfRetries, withinTimeMilliseconds, Akka.Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    public OneForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
        : this(new RestartLimit(maxNrOfRetries, withinTimeMilliseconds), decider, loggingEnabled)
    {
    }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(Akka.Actor.Decider.From(localOnlyDecider))
    {
    }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(RestartLimit.None, Akka.Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    public OneForOneStrategy(IDecider decider)
        : this(RestartLimit.None, decider, loggingEnabled: true)
    {
    }

    protected OneForOneStrategy()
        : this(DefaultDecider)
    {
    }

    private OneForOneStrategy(RestartLimit limit, IDecider decider, bool loggingEnabled)
    {
        Limit = limit;
        Decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    public override IDecider Decider { get; }

    /// <summary>−1 = unlimited.</summary>
    public int MaxNumberOfRetries => Limit.MaxRetries;

    /// <summary>−1 = the child's whole life.</summary>
    public int WithinTimeRangeMilliseconds => Limit.WindowMilliseconds;

    internal RestartLimit Limit { get; }

    internal OneForOneStrategy WithMaxNrOfRetries(int maxNrOfRetries) =>
        new(new RestartLimit(maxNrOfRetries, WithinTimeRangeMilliseconds), Decider, LoggingEnabled);

    private protected override void ProcessFailure(
        ActorCell cell,
        bool restart,
        IActorRef child,
        Exception cause,
        ChildRestartStats stats,
        Func<IReadOnlyCollection<ChildRestartStats>> allStats)
    {
        if (restart && Limit.Allows(stats, cell.SystemImpl.Time))
            RestartChild(child, cause, suspendFirst: false);
        else
            cell.Stop(child);
    }
}
