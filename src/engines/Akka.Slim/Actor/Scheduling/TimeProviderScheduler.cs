using System.Collections.Concurrent;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// One timer of a <see cref="TimeProvider"/> for each scheduled item; all end with the system.
/// </summary>
internal sealed class TimeProviderScheduler(
    TimeProvider time, Func<ILoggingAdapter?> log, Func<double> random)
    : IScheduler, IAdvancedScheduler, IDisposable
{
    private readonly ConcurrentDictionary<Item, byte> _items = new();
    private readonly long _start = time.GetTimestamp();
    private volatile bool _disposed;

    public TimeProvider Time => time;

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeSpan MonotonicClock => time.GetElapsedTime(_start);

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    public IAdvancedScheduler Advanced => this;

    /// <summary>0 to 1, for jitter.</summary>
    public double NextRandom() => random();

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

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        Start(new Item(this, action, cancelable, delay, Timeout.InfiniteTimeSpan));
    }

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(initialDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Start(new Item(this, action, cancelable, initialDelay, interval));
    }

    public void Dispose()
    {
        _disposed = true;
        foreach (var item in _items.Keys)
            item.End();
    }

    private void Start(Item item)
    {
        if (_disposed)
            return;
        _items.TryAdd(item, 0);
        item.Arm(time);
        if (_disposed)
            item.End();
    }

    /// <summary>Armed anew after each run, so that runs of one item never overlap.</summary>
    private sealed class Item(
        TimeProviderScheduler owner,
        Action action,
        ICancelable? cancelable,
        TimeSpan delay,
        TimeSpan interval)
    {
        private ITimer? _timer;
        private CancellationTokenRegistration _cancellation;
        private int _ended;

        public void Arm(TimeProvider time)
        {
            _timer = time.CreateTimer(
                static state =>
                    ((Item)state!).Run(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (cancelable is not null)
                _cancellation = cancelable.Token.UnsafeRegister(static state => ((Item)state!).End(), this);
            if (Volatile.Read(ref _ended) == 0)
                _timer.Change(delay, interval);
            else
                _timer.Dispose();
        }

        public void End()
        {
            if (Interlocked.Exchange(ref _ended, 1) != 0)
                return;
            _timer?.Dispose();
            _cancellation.Unregister();
            owner._items.TryRemove(this, out _);
        }

        private void Run()
        {
            if (Volatile.Read(ref _ended) != 0 || cancelable is { IsCancellationRequested: true })
                return;
            if (interval == Timeout.InfiniteTimeSpan)
                End();
            try
            {
                action();
            }
            catch (Exception e)
            {
                owner.Report(e);
                End();
            }
        }
    }

    private void Report(Exception e) => log()?.Error(e, "A scheduled action failed; it will not run again.");
}
