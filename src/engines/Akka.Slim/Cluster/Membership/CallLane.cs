using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>
/// Calls of an actor to a store that may be slow or hang. One call counts at a time, and only as long as its
/// limit; it fails then, whatever the store says later. A call that hangs on holds up the next for a few
/// limits, so that they do not pile up.
/// </summary>
internal sealed class CallLane(TimeProvider clock, IActorRef owner, ITimerScheduler timers)
{
    private const int LimitsOfPatience = 4;

    private Task _running = Task.CompletedTask;
    private TimeSpan _limit;
    private long _asked;
    private long _number;

    /// <summary>A call is under way and not yet given up.</summary>
    public bool IsOpen { get; private set; }

    public bool CanStart => !IsOpen
        && (_running.IsCompleted || clock.GetElapsedTime(_asked) > LimitsOfPatience * _limit);

    /// <summary>Both functions run in the owner, which must hand <see cref="CallEnded"/> back.</summary>
    public void Start<T>(
        TimeSpan limit, Func<Task<T>> call, Action<Answer<T>> onAnswer, Action<Exception> onFailure)
    {
        IsOpen = true;
        _limit = limit;
        var number = ++_number;
        // Before sending: the store may act on it from now on.
        var asked = _asked = clock.GetTimestamp();
        timers.StartSingleTimer(this, new CallEnded(() => End(number, () => onFailure(Late()))), limit);
        var running = Begin(call);
        _running = running;
        _ = running.PipeTo(
            owner,
            ActorRefs.NoSender,
            value => new CallEnded(() => End(number, () => Answered(new Answer<T>(
                value, asked, clock.GetTimestamp()), onAnswer, onFailure))),
            cause => new CallEnded(() => End(number, () => onFailure(cause))));
    }

    private static Task<T> Begin<T>(Func<Task<T>> call)
    {
        try
        {
            return call();
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    /// <summary>After a freeze the answer may be found in the mailbox before the timer's message.</summary>
    private void Answered<T>(Answer<T> answer, Action<Answer<T>> onAnswer, Action<Exception> onFailure)
    {
        if (clock.GetElapsedTime(answer.Asked, answer.Answered) > _limit)
        {
            onFailure(Late());
        }
        else
        {
            onAnswer(answer);
        }
    }

    private void End(long number, Action then)
    {
        if (IsOpen && number == _number)
        {
            IsOpen = false;
            timers.Cancel(this);
            then();
        }
    }

    private TimeoutException Late() => new($"It did not answer within {_limit.TotalSeconds:0.###} s.");
}

/// <param name="Value">What the store said.</param>
/// <param name="Asked">When the call began, in the clock's timestamps.</param>
/// <param name="Answered">When the owner heard the answer.</param>
internal readonly record struct Answer<T>(T Value, long Asked, long Answered);

/// <summary>A message to the owner of a lane: run it.</summary>
internal sealed record CallEnded(Action Continue) : INoSerializationVerificationNeeded;
