using System.Diagnostics;

namespace TrainingCluster.Bench;

/// <summary>What one piece of work took over several runs; the median is the figure, the rest says how noisy it
/// is.</summary>
internal sealed record Measurement(
    string Name, string Unit, double Median, double Low, double High, int Runs, double? Target)
{
    /// <summary>Units of work a second, after one run that nobody counts.</summary>
    public static Measurement Rate(
        string name, string unit, double amount, double? target, Action work, int runs = 5) =>
        Timed(name, unit, target, runs, work, elapsed => amount / elapsed.TotalSeconds);

    public static Measurement Seconds(string name, double? target, Action work, int runs = 5) =>
        Timed(name, "s", target, runs, work, elapsed => elapsed.TotalSeconds);

    /// <summary>What the work itself finds, after one run that nobody counts.</summary>
    public static Measurement Figures(string name, string unit, double? target, Func<double> work, int runs = 5)
    {
        work();
        var figures = new double[runs];
        for (var run = 0; run < runs; run++)
        {
            figures[run] = work();
        }

        Array.Sort(figures);
        return new Measurement(name, unit, figures[runs / 2], figures[0], figures[^1], runs, target);
    }

    private static Measurement Timed(
        string name, string unit, double? target, int runs, Action work, Func<TimeSpan, double> figure) =>
        Figures(name, unit, target, () =>
        {
            var started = Stopwatch.GetTimestamp();
            work();
            return figure(Stopwatch.GetElapsedTime(started));
        }, runs);
}
