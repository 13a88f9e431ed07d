using Akka.Actor;
using Akka.Configuration;

namespace Akka.Pattern;

/// <summary>
/// Keeps something that fails from being called over and over. Closed: calls go through, and so many failures in
/// a row open it. Open: calls fail at once, for the reset timeout. Half open: one call is let through; its outcome
/// closes the breaker or opens it again. A call that takes longer than the call timeout has failed, though it may
/// still be carried out.
/// </summary>
public class CircuitBreaker
{
    private readonly IScheduler _scheduler;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<Action> _onOpen = [];
    private readonly List<Action> _onHalfOpen = [];
    private readonly List<Action> _onClose = [];
    private State _state;
    private int _failures;
    private bool _isProbing;
    private TimeSpan _openFor;
    private TimeSpan _nextOpenFor;
    private TimeSpan _openedAt;

    /// <summary>Counts transitions: the outcome of a call counts only in the period that admitted it.</summary>
    private long _period;

    public CircuitBreaker(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout)
        : this(scheduler, maxFailures, callTimeout, resetTimeout, TimeSpan.FromDays(36500), 1.0)
    {
    }

    public CircuitBreaker(
        IScheduler scheduler,
        int maxFailures,
        TimeSpan callTimeout,
        TimeSpan resetTimeout,
        TimeSpan maxResetTimeout,
        double exponentialBackoffFactor)
        : this(
            scheduler, maxFailures, callTimeout, resetTimeout, maxResetTimeout, exponentialBackoffFactor, 0.0)
    {
    }

    /// <param name="scheduler">Whose clock times the calls and the waiting.</param>
    /// <param name="maxFailures">So many in a row open the breaker.</param>
    /// <param name="callTimeout">After this long a call has failed.</param>
    /// <param name="resetTimeout">How long the breaker is open the first time.</param>
    /// <param name="maxResetTimeout">Longer than this it is never open, before jitter.</param>
    /// <param name="exponentialBackoffFactor">The wait is multiplied by it each time; at least 1.</param>
    /// <param name="randomFactor">Jitter: the wait is multiplied by 1 to 1 + this; 0 to 1.</param>
    public CircuitBreaker(
        IScheduler scheduler,
        int maxFailures,
        TimeSpan callTimeout,
        TimeSpan resetTimeout,
        TimeSpan maxResetTimeout,
        double exponentialBackoffFactor,
        double randomFactor)
    {
        if (exponentialBackoffFactor < 1.0)
        {
            throw new ArgumentException(
                $"The factor is {exponentialBackoffFactor}; it must be at least 1.",
                nameof(exponentialBackoffFactor));
        }
        if (randomFactor is < 0.0 or > 1.0)
            throw new ArgumentException(
                $"randomFactor is {randomFactor}; it must be 0 to 1.", nameof(randomFactor));
        _scheduler = scheduler;
        _time = (scheduler as TimeProviderScheduler)?.Time ?? TimeProvider.System;
        MaxFailures = maxFailures;
        CallTimeout = callTimeout;
        ResetTimeout = resetTimeout;
        MaxResetTimeout = maxResetTimeout;
        ExponentialBackoffFactor = exponentialBackoffFactor;
        RandomFactor = randomFactor;
        _nextOpenFor = resetTimeout;
    }

    private enum State
    {
        Closed,
        Open,
        HalfOpen,
    }

    public int MaxFailures { get; }

    public TimeSpan CallTimeout { get; }

    public TimeSpan ResetTimeout { get; }

    public TimeSpan MaxResetTimeout { get; }

    public double ExponentialBackoffFactor { get; }

    public double RandomFactor { get; }

    /// <summary>Failures in a row while closed.</summary>
    public long CurrentFailureCount => Read(() => _failures);

    /// <summary>Null after a success.</summary>
    public Exception? LastCaughtException { get; private set; }

    public bool IsClosed => Read(() => _state) == State.Closed;

    public bool IsOpen => Read(() => _state) == State.Open;

    public bool IsHalfOpen => Read(() => _state) == State.HalfOpen;

    public static CircuitBreaker Create(
        IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout) =>
        new(scheduler, maxFailures, callTimeout, resetTimeout);

    /// <summary>As the section <c>circuit-breaker</c> of a plugin's settings says.</summary>
    internal static CircuitBreaker Create(IScheduler scheduler, Config plugin) => new(
        scheduler,
        plugin.GetInt("circuit-breaker.max-failures"),
        plugin.GetTimeSpan("circuit-breaker.call-timeout"),
        plugin.GetTimeSpan("circuit-breaker.reset-timeout"));

    /// <exception cref="OpenCircuitException">The breaker is open; nothing was called.</exception>
    /// <exception cref="TimeoutException">The call took longer than the call timeout.</exception>
    public async Task<T> WithCircuitBreaker<T>(Func<Task<T>> body)
    {
        var period = Admit();
        try
        {
            var result = await body().WaitAsync(CallTimeout, _time).ConfigureAwait(false);
            Succeeded(period);
            return result;
        }
        catch (Exception cause)
        {
            Failed(cause, period);
            throw;
        }
    }

    /// <inheritdoc cref="WithCircuitBreaker{T}(Func{Task{T}})"/>
    public Task WithCircuitBreaker(Func<Task> body) => WithCircuitBreaker(async () =>
    {
        await body().ConfigureAwait(false);
        return true;
    });

    /// <summary>Runs the body on the thread pool and blocks.</summary>
    public void WithSyncCircuitBreaker(Action body) =>
        WithCircuitBreaker(() => Task.Run(body)).GetAwaiter().GetResult();

    /// <inheritdoc cref="WithSyncCircuitBreaker(Action)"/>
    public T WithSyncCircuitBreaker<T>(Func<T> body) =>
        WithCircuitBreaker(() => Task.Run(body)).GetAwaiter().GetResult();

    /// <summary>Counts a success of something called elsewhere; without effect while open.</summary>
    public void Succeed() => Succeeded(Read(() => _period));

    /// <summary>Counts a failure of something called elsewhere; without effect while open.</summary>
    public void Fail() => Failed(new UserCalledFailException(), Read(() => _period));

    /// <summary>The callback runs on the thread pool after each transition; so do the others.</summary>
    public CircuitBreaker OnOpen(Action callback) => Register(_onOpen, callback);

    public CircuitBreaker OnHalfOpen(Action callback) => Register(_onHalfOpen, callback);

    public CircuitBreaker OnClose(Action callback) => Register(_onClose, callback);

    private CircuitBreaker Register(List<Action> callbacks, Action callback)
    {
        lock (_lock)
            callbacks.Add(callback);
        return this;
    }

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }

    private long Admit()
    {
        lock (_lock)
        {
            if (_state == State.Open)
            {
                var left = _openedAt + _openFor - _scheduler.MonotonicClock;
                throw new OpenCircuitException(
                    LastCaughtException, left < TimeSpan.Zero ? TimeSpan.Zero : left);
            }
            if (_state == State.HalfOpen)
            {
                if (_isProbing)
                    throw new OpenCircuitException(LastCaughtException, TimeSpan.Zero);
                _isProbing = true;
            }
            return _period;
        }
    }

    private void Succeeded(long period)
    {
        lock (_lock)
        {
            if (period != _period || _state == State.Open)
                return;
            LastCaughtException = null;
            _failures = 0;
            if (_state == State.HalfOpen)
            {
                _nextOpenFor = ResetTimeout;
                MoveTo_NeedsLock(State.Closed, _onClose);
            }
        }
    }

    private void Failed(Exception cause, long period)
    {
        lock (_lock)
        {
            if (period != _period || _state == State.Open)
                return;
            LastCaughtException = cause;
            if (_state == State.Closed && ++_failures < MaxFailures)
                return;
            Open_NeedsLock();
        }
    }

    private void Open_NeedsLock()
    {
        var jitter = RandomFactor > 0 && _scheduler is TimeProviderScheduler own
            ? own.NextRandom() * RandomFactor : 0;
        _openFor = _nextOpenFor * (1 + jitter);
        var longer = _nextOpenFor * ExponentialBackoffFactor;
        _nextOpenFor = longer < MaxResetTimeout ? longer : MaxResetTimeout;
        _openedAt = _scheduler.MonotonicClock;
        MoveTo_NeedsLock(State.Open, _onOpen);
        _scheduler.Advanced.ScheduleOnce(_openFor, HalfOpen);
    }

    private void HalfOpen()
    {
        lock (_lock)
        {
            if (_state != State.Open)
                return;
            _isProbing = false;
            MoveTo_NeedsLock(State.HalfOpen, _onHalfOpen);
        }
    }

    private void MoveTo_NeedsLock(State state, List<Action> callbacks)
    {
        _state = state;
        _period++;
        foreach (var callback in callbacks)
            _ = Task.Run(callback);
    }
}
