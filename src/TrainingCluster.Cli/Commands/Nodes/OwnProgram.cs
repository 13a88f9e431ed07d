using System.Diagnostics;

namespace TrainingCluster.Cli.Commands.Nodes;

/// <summary>This program once more, as another process with pipes for its three streams.</summary>
internal static class OwnProgram
{
    public static Process Start(IEnumerable<string> arguments)
    {
        // Run by `dotnet trainctl.dll`, the process is dotnet and the program its first argument.
        var path = Environment.ProcessPath ?? throw new InvalidOperationException("the program has no path");
        var isHosted = Path.GetFileNameWithoutExtension(path) == "dotnet";
        var start = new ProcessStartInfo(path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (isHosted)
        {
            start.ArgumentList.Add(typeof(OwnProgram).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{path} did not start");
    }
}
