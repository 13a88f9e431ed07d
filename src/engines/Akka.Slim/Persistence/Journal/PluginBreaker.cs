using Akka.Configuration;

namespace Akka.Persistence.Journal;

/// <summary>
/// Keeps a failing store from being asked over and over: after <c>max-failures</c> in a row calls fail at
/// once; after <c>reset-timeout</c> one call is let through to see whether it works again. A call that takes
/// longer than <c>call-timeout</c> has failed, though the store may still carry it out.
/// </summary>
internal sealed class PluginBreaker(Config config, TimeProvider clock)
{
    private readonly int _maxFailures = config.GetInt("circuit-breaker.max-failures");
    private readonly TimeSpan _callTimeout = config.GetTimeSpan("circuit-breaker.call-timeout");
    private readonly TimeSpan _resetTimeout = config.GetTimeSpan("circuit-breaker.reset-timeout");
    private readonly Lock _lock = new();
    private int _failures;
    private long _openedAt;
    private bool _isProbing;

    public async Task<T> Call<T>(Func<Task<T>> body)
    {
        Admit();
        try
        {
            var result = await body().WaitAsync(_callTimeout, clock).ConfigureAwait(false);
            Succeeded();
            return result;
        }
        catch (Exception)
        {
            Failed();
            throw;
        }
    }

    public Task Call(Func<Task> body) => Call(async () =>
    {
        await body().ConfigureAwait(false);
        return true;
    });

    private void Admit()
    {
        lock (_lock)
        {
            if (_failures < _maxFailures)
            {
                return;
            }

            if (_isProbing || clock.GetElapsedTime(_openedAt) < _resetTimeout)
            {
                throw new TimeoutException(
                    $"The circuit breaker is open after {_failures} failures in a row; the store is "
                    + $"asked again {_resetTimeout.TotalSeconds} s after the last.");
            }

            _isProbing = true;
        }
    }

    private void Succeeded()
    {
        lock (_lock)
        {
            _failures = 0;
            _isProbing = false;
        }
    }

    private void Failed()
    {
        lock (_lock)
        {
            _failures++;
            _isProbing = false;
            _openedAt = clock.GetTimestamp();
        }
    }
}
