namespace Akka.Actor;

/// <summary>
/// The timers of a cell. Generations go on over restarts, so that no old message passes for a new one.
/// </summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, Entry> _timers = [];
    private long _generation;

    public IReadOnlyCollection<object> ActiveTimers => [.. _timers.Keys];

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) =>
        StartPeriodicTimer(key, msg, interval, interval, cell.Self);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) =>
        StartPeriodicTimer(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        StartPeriodicTimer(key, msg, initialDelay, interval, cell.Self);

    public void StartPeriodicTimer(
        object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender)
    {
        var message = Replace(key, msg);
        var schedule = new Cancelable(cell.SystemImpl.Scheduler);
        _timers.Add(key, new Entry(schedule, message.Generation, Repeats: true));
        cell.SystemImpl.Scheduler.ScheduleTellRepeatedly(
            initialDelay, interval, cell.Self, message, sender, schedule);
    }

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) =>
        StartSingleTimer(key, msg, timeout, cell.Self);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender)
    {
        var message = Replace(key, msg);
        var schedule = new Cancelable(cell.SystemImpl.Scheduler);
        _timers.Add(key, new Entry(schedule, message.Generation, Repeats: false));
        cell.SystemImpl.Scheduler.ScheduleTellOnce(timeout, cell.Self, message, sender, schedule);
    }

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var entry))
            entry.Schedule.Cancel();
    }

    public void CancelAll()
    {
        foreach (var entry in _timers.Values)
            entry.Schedule.Cancel();
        _timers.Clear();
    }

    /// <summary>False = the message is of a timer that has been replaced or cancelled.</summary>
    public bool Accepts(TimerMessage message)
    {
        if (!_timers.TryGetValue(message.Key, out var entry) || entry.Generation != message.Generation)
            return false;
        if (!entry.Repeats)
            _timers.Remove(message.Key);
        return true;
    }

    private TimerMessage Replace(object key, object message)
    {
        Cancel(key);
        return new TimerMessage(key, message, ++_generation, this);
    }

    private readonly record struct Entry(ICancelable Schedule, long Generation, bool Repeats);
}
