using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A scheduler whose time stands still until a test moves it; what is due then runs on the test's thread, in order
/// of time. For systems with <c>akka.scheduler.implementation</c> naming it.
/// </summary>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<Item, (TimeSpan Due, long Order)> _items = new();
    private readonly ILoggingAdapter _log;
    private TimeSpan _elapsed;
    private long _order;

    public TestScheduler(Config schedulerConfig, ILoggingAdapter log) => _log = log;

    public DateTimeOffset Now => Start + MonotonicClock;

    public TimeSpan MonotonicClock
    {
        get
        {
            lock (_lock)
                return _elapsed;
        }
    }

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    public IAdvancedScheduler Advanced => this;

    /// <summary>Moves time on and runs what becomes due, each item at its own time.</summary>
    public void Advance(TimeSpan offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(offset, TimeSpan.Zero);
        var end = MonotonicClock + offset;
        while (TakeDue(end) is { } item)
            Run(item);
        lock (_lock)
            _elapsed = end;
    }

    /// <exception cref="ArgumentOutOfRangeException">The time is past.</exception>
    public void AdvanceTo(DateTimeOffset when) => Advance(when - Now);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        ScheduleOnce(delay, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef? sender,
        ICancelable? cancelable) =>
        ScheduleRepeatedly(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Add(new Item(action, cancelable, MonotonicClock + delay, Interval: null));

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Add(new Item(action, cancelable, MonotonicClock + initialDelay, interval));

    private void Add(Item item)
    {
        lock (_lock)
            _items.Enqueue(item, (item.Due, _order++));
    }

    private Item? TakeDue(TimeSpan end)
    {
        lock (_lock)
        {
            if (!_items.TryPeek(out var next, out _) || next.Due > end)
                return null;
            _items.Dequeue();
            // An item of the past, from a negative delay, does not turn time back.
            _elapsed = next.Due > _elapsed ? next.Due : _elapsed;
            return next;
        }
    }

    private void Run(Item item)
    {
        if (item.Cancelable is { IsCancellationRequested: true })
            return;
        try
        {
            item.Action();
        }
        catch (Exception e)
        {
            _log.Error(e, "A scheduled action failed.");
            return;
        }
        if (item.Interval is { } interval)
            Add(item with { Due = item.Due + interval });
    }

    private sealed record Item(Action Action, ICancelable? Cancelable, TimeSpan Due, TimeSpan? Interval);
}
