namespace Akka.Actor;

/// <summary>How often a child has been restarted, over the window its strategy looks at.</summary>
internal sealed class ChildRestartStats(IActorRef child)
{
    private int _restarts;
    private long _windowStart;

    public IActorRef Child { get; } = child;

    /// <param name="time">The system's clock.</param>
    /// <param name="maxRetries">Negative = unlimited; 0 = never.</param>
    /// <param name="window">Zero or infinite = the child's whole life.</param>
    public bool RequestRestartPermission(TimeProvider time, int maxRetries, TimeSpan window)
    {
        if (maxRetries == 0)
            return false;
        var hasWindow = window > TimeSpan.Zero;
        if (maxRetries < 0 && !hasWindow)
            return true;
        // A window without a number of retries allows one restart in it.
        var allowed = maxRetries < 0 ? 1 : maxRetries;
        var now = time.GetTimestamp();
        if (hasWindow && _restarts > 0 && time.GetElapsedTime(_windowStart, now) > window)
            _restarts = 0;
        if (_restarts == 0)
            _windowStart = now;
        _restarts++;
        return _restarts <= allowed;
    }
}
