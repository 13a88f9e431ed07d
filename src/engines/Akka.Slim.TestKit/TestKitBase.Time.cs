using System.Diagnostics;

namespace Akka.TestKit;

/// <summary>Waiting times and blocks with a deadline.</summary>
public abstract partial class TestKitBase
{
    private long? _deadline;

    /// <exception cref="InvalidOperationException">Called outside of Within.</exception>
    public TimeSpan Remaining => _deadline is { } deadline
        ? Until(deadline)
        : throw new InvalidOperationException("Remaining is known only inside of Within.");

    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    protected TimeSpan RemainingOr(TimeSpan duration) => _deadline is { } deadline ? Until(deadline) : duration;

    public TimeSpan RemainingOrDilated(TimeSpan? duration) =>
        duration is { } given ? Dilated(given) : RemainingOrDefault;

    public TimeSpan Dilated(TimeSpan duration) =>
        duration == Timeout.InfiniteTimeSpan ? duration : duration * TestKitSettings.TestTimeFactor;

    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue);

    public void Within(
        TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null) =>
        Within(
            min,
            max,
            () =>
            {
                action();
                return true;
            },
            hint,
            epsilonValue);

    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue);

    /// <summary>
    /// Expectations inside share what is left of max; fails when the block takes less than min or more than
    /// max.
    /// </summary>
    public T Within<T>(
        TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null)
    {
        var (start, limit, outer) = Enter(max);
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _deadline = outer;
        }
        Check(Stopwatch.GetElapsedTime(start), min, limit + (epsilonValue ?? TimeSpan.Zero), hint);
        return result;
    }

    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue);

    public async Task WithinAsync(
        TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null, TimeSpan? epsilonValue =
            null)
    {
        var (start, limit, outer) = Enter(max);
        try
        {
            await actionAsync().ConfigureAwait(false);
        }
        finally
        {
            _deadline = outer;
        }
        Check(Stopwatch.GetElapsedTime(start), min, limit + (epsilonValue ?? TimeSpan.Zero), hint);
    }

    /// <summary>
    /// Calls the assertion again and again until it throws nothing; its last exception is the failure.
    /// </summary>
    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null) =>
        AwaitAssertAsync(
            () =>
            {
                assertion();
                return Task.CompletedTask;
            },
            duration,
            interval).GetAwaiter().GetResult();

    public Task AwaitAssertAsync(
        Action assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        AwaitAssertAsync(
            () =>
            {
                assertion();
                return Task.CompletedTask;
            },
            duration,
            interval,
            cancellationToken);

    public async Task AwaitAssertAsync(
        Func<Task> assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(duration);
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await assertion().ConfigureAwait(false);
                return;
            }
            catch when (Stopwatch.GetElapsedTime(start) < limit)
            {
                await Task.Delay(interval ?? TimeSpan.FromMilliseconds(10), cancellationToken).ConfigureAwait(
                    false);
            }
        }
    }

    public void AwaitCondition(
        Func<bool> conditionIsFulfilled, TimeSpan? max = null, TimeSpan? interval = null, string? message =
            null) =>
        AwaitConditionAsync(() => Task.FromResult(conditionIsFulfilled()), max, interval, message)
            .GetAwaiter().GetResult();

    public Task AwaitConditionAsync(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max = null,
        TimeSpan? interval = null,
        string? message = null,
        CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(
            () => Task.FromResult(conditionIsFulfilled()), max, interval, message, cancellationToken);

    public async Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan? max = null,
        TimeSpan? interval = null,
        string? message = null,
        CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var start = Stopwatch.GetTimestamp();
        while (!await conditionIsFulfilled().ConfigureAwait(false))
        {
            if (Stopwatch.GetElapsedTime(start) >= limit)
            {
                _assertions.Fail($"The condition did not hold within {limit}. {message}");
                return;
            }
            await Task.Delay(interval ?? TimeSpan.FromMilliseconds(10), cancellationToken).ConfigureAwait(
                false);
        }
    }

    private static TimeSpan Until(long deadline)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), deadline);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    private (long Start, TimeSpan Limit, long? Outer) Enter(TimeSpan max)
    {
        var outer = _deadline;
        var limit = Dilated(max);
        if (outer is { } deadline && Until(deadline) < limit)
            limit = Until(deadline);
        var start = Stopwatch.GetTimestamp();
        _deadline = start + (long)(limit.TotalSeconds * Stopwatch.Frequency);
        return (start, limit, outer);
    }

    private void Check(TimeSpan took, TimeSpan min, TimeSpan max, string? hint)
    {
        if (took < min)
            _assertions.Fail($"The block took {took}; it should take at least {min}. {hint}");
        if (took > max)
            _assertions.Fail($"The block took {took}; it should take at most {max}. {hint}");
    }
}
