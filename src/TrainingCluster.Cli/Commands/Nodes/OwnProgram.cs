using System.Collections.Immutable;
using System.Diagnostics;

namespace TrainingCluster.Cli.Commands.Nodes;

/// <summary>This program once more, as another process with pipes for its three streams.</summary>
internal static class OwnProgram
{
    /// <summary>Path and first arguments: run by `dotnet trainctl.dll`, the process is dotnet.</summary>
    public static ImmutableArray<string> Line
    {
        get
        {
            var path = Environment.ProcessPath ?? throw new InvalidOperationException("the program has no path");
            return Path.GetFileNameWithoutExtension(path) == "dotnet"
                ? [path, typeof(OwnProgram).Assembly.Location]
                : [path];
        }
    }

    public static Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Line[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in Line[1..].Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{Line[0]} did not start");
    }
}
