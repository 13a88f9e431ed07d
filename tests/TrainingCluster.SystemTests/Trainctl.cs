using System.Diagnostics;
using System.Text.Json;

namespace TrainingCluster.SystemTests;

/// <summary>Runs the built command line as a process of its own, the way a person does.</summary>
internal static class Trainctl
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "trainctl.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("trainctl did not start");
    }

    public static async Task<Outcome> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await EndAsync(process, arguments);
    }

    public static async Task<Outcome> EndAsync(Process process, params string[] arguments)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Longest);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"trainctl {string.Join(' ', arguments)} did not end within {Longest}; it said:\n{await error}");
        }

        return new Outcome(process.ExitCode, await output, await error);
    }

    internal sealed record Outcome(int ExitCode, string Output, string Error)
    {
        public JsonElement Json() => JsonDocument.Parse(Output).RootElement;

        public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
    }
}
