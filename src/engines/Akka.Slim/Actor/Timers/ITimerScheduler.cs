namespace Akka.Actor;

/// <summary>Timers of one actor, by key. They end with the incarnation that started them.</summary>
public interface ITimerScheduler
{
    IReadOnlyCollection<object> ActiveTimers { get; }

    /// <summary>
    /// Starting a key again replaces its timer; a message of the old one that waits in the mailbox is
    /// discarded.
    /// </summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    void StartPeriodicTimer(
        object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);

    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);

    bool IsTimerActive(object key);

    void Cancel(object key);

    void CancelAll();
}

/// <summary>An actor with timers, which the engine sets before the first message.</summary>
public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}
