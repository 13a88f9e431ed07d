namespace TrainingCluster.MarketData.Sources.Http;

/// <summary>
/// Spaces questions out evenly, in the order in which they are asked; a source that says when it wants to hear again
/// holds all of them back.
/// </summary>
/// <param name="perMinute">How many; 0 = as many as come.</param>
/// <param name="clock">For the waits.</param>
public sealed class RateLimit(int perMinute, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _step = perMinute > 0 ? TimeSpan.FromMinutes(1) / perMinute : TimeSpan.Zero;
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    public async Task WaitAsync(CancellationToken cancellation)
    {
        for (var wait = Take(); wait > TimeSpan.Zero; wait = Paused())
        {
            await Task.Delay(wait, clock, cancellation);
        }
    }

    /// <summary>Nobody asks before.</summary>
    public void PauseUntil(DateTimeOffset moment)
    {
        lock (_gate)
        {
            _pausedUntil = moment > _pausedUntil ? moment : _pausedUntil;
            _next = moment > _next ? moment : _next;
        }
    }

    private TimeSpan Take()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var slot = _next > now ? _next : now;
            _next = slot + _step;
            return slot - now;
        }
    }

    private TimeSpan Paused()
    {
        lock (_gate)
        {
            return _pausedUntil - clock.GetUtcNow();
        }
    }
}
