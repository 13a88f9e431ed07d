using System.Diagnostics;

namespace TrainingCluster.Bench.Learners;

/// <summary>Work of one run, per second of the clock and per second of processor time.</summary>
internal readonly record struct Rate(double PerSecond, double PerProcessorSecond)
{
    public static Rate Of(double amount, Action work)
    {
        var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        work();
        var elapsed = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        return new Rate(
            amount / elapsed.TotalSeconds,
            amount / (process.TotalProcessorTime - processor).TotalSeconds);
    }
}
