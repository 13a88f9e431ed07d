using System.Diagnostics;

namespace TrainingCluster.FaultTests.Network;

/// <summary>Runs a program of the machine to its end.</summary>
internal static class Shell
{
    /// <exception cref="InvalidOperationException">It failed; with what it said.</exception>
    public static string Run(params string[] line)
    {
        var (code, output, error) = Try(line);
        return code == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', line)} failed ({code}): {error.Trim()}");
    }

    public static (int Code, string Output, string Error) Try(params string[] line)
    {
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
