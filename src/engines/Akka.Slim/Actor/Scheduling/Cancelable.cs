namespace Akka.Actor;

/// <summary>A cancellation whose delays run on an actor system's scheduler.</summary>
public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler _scheduler;
    private readonly CancellationTokenSource _source;
    private volatile bool _disposed;

    public Cancelable(IActionScheduler scheduler)
        : this(scheduler, new CancellationTokenSource())
    {
    }

    public Cancelable(IScheduler scheduler)
        : this(scheduler.Advanced)
    {
    }

    public Cancelable(IActionScheduler scheduler, TimeSpan delay)
        : this(scheduler) => CancelAfter(delay);

    public Cancelable(IScheduler scheduler, TimeSpan delay)
        : this(scheduler) => CancelAfter(delay);

    public Cancelable(IScheduler scheduler, int millisecondsDelay)
        : this(scheduler) => CancelAfter(millisecondsDelay);

    private Cancelable(IActionScheduler scheduler, CancellationTokenSource source)
    {
        _scheduler = scheduler;
        _source = source;
    }

    public bool IsCancellationRequested => _source.IsCancellationRequested;

    public CancellationToken Token => _source.Token;

    public bool IsDisposed => _disposed;

    /// <summary>Cancelled from the start.</summary>
    public static ICancelable CreateCanceled()
    {
        var source = new CancellationTokenSource();
        source.Cancel();
        return new Cancelable(NoScheduler.Instance, source);
    }

    /// <summary>Cancelled when one of those given is.</summary>
    public static ICancelable CreateLinkedCancelable(
        IScheduler scheduler, params ICancelable[] cancelables) =>
        new Cancelable(
            scheduler.Advanced,
            CancellationTokenSource.CreateLinkedTokenSource([.. cancelables.Select(each => each.Token)]));

    public void Cancel() => Cancel(throwOnFirstException: false);

    public void Cancel(bool throwOnFirstException)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _source.Cancel(throwOnFirstException);
    }

    public void CancelAfter(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        _scheduler.ScheduleOnce(delay, () =>
        {
            if (!_disposed)
                _source.Cancel();
        });
    }

    public void CancelAfter(int millisecondsDelay) =>
        CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed)
            return;
        _disposed = true;
        if (disposing)
            _source.Dispose();
    }

    private sealed class NoScheduler : IActionScheduler
    {
        public static readonly NoScheduler Instance = new();

        public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable)
        {
        }

        public void ScheduleOnce(TimeSpan delay, Action action)
        {
        }

        public void ScheduleRepeatedly(
            TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable)
        {
        }

        public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action)
        {
        }
    }
}
