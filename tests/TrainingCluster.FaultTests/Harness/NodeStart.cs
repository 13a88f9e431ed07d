using System.Diagnostics;

namespace TrainingCluster.FaultTests.Harness;

/// <summary>Starts the program of a node.</summary>
internal static class NodeStart
{
    private static readonly string Program =
        Path.Combine(AppContext.BaseDirectory, "TrainingCluster.EngineNode.dll");

    /// <param name="wrapper">A command that runs the rest of its line; empty for none.</param>
    /// <param name="arguments">Of the program.</param>
    public static Process Start(IReadOnlyList<string> wrapper, IEnumerable<string> arguments)
    {
        string[] line = [.. wrapper, "dotnet", Program, "--ends-with-input", "on", .. arguments];
        var start = new ProcessStartInfo(line[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in line[1..])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("the node did not start");
    }
}
