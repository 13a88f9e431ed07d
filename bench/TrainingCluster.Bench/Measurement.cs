using System.Diagnostics;

namespace TrainingCluster.Bench;

/// <summary>What one piece of work took over several runs; the median is the figure, the rest says how noisy it
/// is.</summary>
/// <param name="Cpu">The same median by the processor time of the whole process, which other processes on the machine
/// disturb less than the clock; null where the work itself says the figure.</param>
internal sealed record Measurement(
    string Name, string Unit, double Median, double Low, double High, int Runs, double? Target, double? Cpu = null)
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
        return Of(name, unit, target, [.. Enumerable.Range(0, runs).Select(_ => work())]);
    }

    private static Measurement Timed(
        string name, string unit, double? target, int runs, Action work, Func<TimeSpan, double> figure)
    {
        work();
        var (walls, processors) = (new double[runs], new double[runs]);
        for (var run = 0; run < runs; run++)
        {
            var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            work();
            walls[run] = figure(Stopwatch.GetElapsedTime(started));
            processors[run] = figure(Environment.CpuUsage.TotalTime - used);
        }

        Array.Sort(processors);
        return Of(name, unit, target, walls) with { Cpu = processors[runs / 2] };
    }

    private static Measurement Of(string name, string unit, double? target, double[] figures)
    {
        Array.Sort(figures);
        return new Measurement(
            name, unit, figures[figures.Length / 2], figures[0], figures[^1], figures.Length, target);
    }
}
