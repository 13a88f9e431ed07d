using System.Collections.Concurrent;
using Akka.Event;

namespace Akka.Wire;

/// <summary>
/// Warnings that others can cause as often as they like: at most one a minute of each kind is logged, with
/// the number of those left out.
/// </summary>
internal sealed class RareLog(ILoggingAdapter log, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <param name="kind">One of a fixed few.</param>
    /// <param name="format">As the logging adapter takes it.</param>
    /// <param name="args">What the format names.</param>
    public void Warning(string kind, string format, params object?[] args)
    {
        var entry = _entries.GetOrAdd(kind, static _ => new Entry());
        long leftOut;
        lock (entry)
        {
            if (entry.LastLogged is { } last && clock.GetElapsedTime(last) < Interval)
            {
                entry.LeftOut++;
                return;
            }

            leftOut = entry.LeftOut;
            entry.LeftOut = 0;
            entry.LastLogged = clock.GetTimestamp();
        }

        var more = leftOut == 0 ? "" : $" ({leftOut} more of this kind since the last one logged)";
        log.Warning(format + "{" + args.Length + "}", [.. args, more]);
    }

    private sealed class Entry
    {
        public long? LastLogged { get; set; }

        public long LeftOut { get; set; }
    }
}
