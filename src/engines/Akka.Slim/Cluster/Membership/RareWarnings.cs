using Akka.Event;

namespace Akka.Cluster.Membership;

/// <summary>Logs each text at most once a minute.</summary>
internal sealed class RareWarnings(TimeProvider clock, ILoggingAdapter log)
{
    private const int Remembered = 32;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, long> _logged = [];

    public void Warn(string text)
    {
        if (_logged.TryGetValue(text, out var at) && clock.GetElapsedTime(at) < Interval)
        {
            return;
        }

        if (_logged.Count >= Remembered)
        {
            _logged.Clear();
        }

        _logged[text] = clock.GetTimestamp();
        log.Warning("{0}", text);
    }
}
