using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TrainingCluster.Testing.Machine;

/// <summary>Runs programs of the machine to their end.</summary>
public static partial class Shell
{
    /// <summary>Whether this process may do everything on the machine.</summary>
    public static bool IsRoot => EffectiveUser() == 0;

    /// <returns>Standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; with what it said.</exception>
    public static string Run(params IReadOnlyList<string> line)
    {
        var (code, output, error) = Try(line);
        return code == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', line)} failed ({code}): {error.Trim()}");
    }

    public static (int Code, string Output, string Error) Try(params IReadOnlyList<string> line)
    {
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
