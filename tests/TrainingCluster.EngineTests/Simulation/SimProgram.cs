using System.Diagnostics;
using System.Globalization;
using TrainingCluster.EngineTests.Simulation.Planted;
using TrainingCluster.EngineTests.Simulation.World;

namespace TrainingCluster.EngineTests.Simulation;

/// <summary>
/// The test program itself, started by <c>./dev sim</c>: runs seeds outside of the test runner, as many at a time as
/// there are cores.
/// </summary>
internal static class SimProgram
{
    private const int FailuresShown = 5;

    public static int Main(string[] arguments)
    {
        if (arguments is ["--seed", var seed])
        {
            return RunOne(int.Parse(seed, CultureInfo.InvariantCulture), isLoud: false);
        }

        if (arguments is ["--seed", var traced, "--trace"])
        {
            return RunOne(int.Parse(traced, CultureInfo.InvariantCulture), isLoud: true);
        }

        if (arguments is ["--seeds", var count, ..])
        {
            var first = arguments is [_, _, "--first", var number, ..]
                ? int.Parse(number, CultureInfo.InvariantCulture) : 1;
            Func<SimOptions> options = arguments is [.., "--plant", var plant]
                ? () => Plants.Make(plant) : static () => new SimOptions();
            return RunMany(first, int.Parse(count, CultureInfo.InvariantCulture), options);
        }

        Console.Error.WriteLine("usage: ./dev sim --seeds N [--first S] [--plant NAME] | --seed N [--trace]");
        return 2;
    }

    private static int RunOne(int seed, bool isLoud)
    {
        var result = SimRun.Execute(seed, new SimOptions { Trace = isLoud ? Console.Out.WriteLine : null });
        Show(result.Counters);
        Console.WriteLine($"seed {seed}: trace hash {result.Hash:x16}, {result.VirtualTime.TotalSeconds:F0} virtual seconds");
        Console.WriteLine(result.Failure is null ? "passed" : $"FAILED: {result.Failure}");
        return result.Failure is null ? 0 : 1;
    }

    private static int RunMany(int first, int count, Func<SimOptions> options)
    {
        var watch = Stopwatch.StartNew();
        var all = new SimCounters();
        var failed = new List<SimResult>();
        Parallel.For(
            first, first + count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
            {
                var result = SimRun.Execute(seed, options());
                lock (all)
                {
                    all.Add(result.Counters);
                    if (result.Failure is not null)
                    {
                        failed.Add(result);
                    }
                }
            });
        Show(all);
        foreach (var result in failed.OrderBy(static result => result.Seed).Take(FailuresShown))
        {
            Console.WriteLine($"seed {result.Seed}: {result.Failure!.Message}");
            Console.WriteLine($"  again: ./dev sim --seed {result.Seed}");
        }

        Console.WriteLine($"{count - failed.Count} seeds passed, {failed.Count} failed, in {watch.Elapsed.TotalSeconds:F1} s");
        return failed.Count == 0 ? 0 : 1;
    }

    private static void Show(SimCounters counters)
    {
        foreach (var (what, times) in counters.Counts)
        {
            Console.WriteLine($"{times,14:N0}  {what}");
        }
    }
}
