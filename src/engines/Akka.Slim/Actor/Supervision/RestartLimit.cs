namespace Akka.Actor;

/// <summary>How many restarts a strategy allows, and within what time.</summary>
internal readonly record struct RestartLimit(int MaxRetries, int WindowMilliseconds)
{
    public static readonly RestartLimit None = new(-1, -1);

    public RestartLimit(int? maxRetries, TimeSpan? window)
        : this(
            maxRetries ?? -1,
            window is { } range && range != Timeout.InfiniteTimeSpan ? (int)range.TotalMilliseconds : -1)
    {
    }

    public bool Allows(ChildRestartStats stats, TimeProvider time) =>
        stats.RequestRestartPermission(
            time, MaxRetries, TimeSpan.FromMilliseconds(Math.Max(0, WindowMilliseconds)));
}
