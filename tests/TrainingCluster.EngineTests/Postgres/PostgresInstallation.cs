using System.Diagnostics;

namespace TrainingCluster.EngineTests.Postgres;

/// <summary>The server's programs, run as a user that is not root because they refuse to be.</summary>
public static class PostgresInstallation
{
    /// <summary>What Debian's package makes.</summary>
    private const string SystemUser = "postgres";

    private static string? Binaries =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql")
                .Where(version => int.TryParse(Path.GetFileName(version), out var number) && number >= 15)
                .Select(version => Path.Combine(version, "bin"))
                .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            : null;

    public static void Require()
    {
        if (Binaries is null)
        {
            throw new InvalidOperationException(
                "PostgreSQL 15 is not installed; run ./dev setup, or apt-get install postgresql-15.");
        }
    }

    /// <summary>Runs one of the server's programs.</summary>
    public static void Run(string program, params string[] arguments) =>
        RunAsServer(Path.Combine(Binaries!, program), arguments);

    /// <summary>Runs any program as the server's user.</summary>
    public static void RunAsServer(string program, params string[] arguments)
    {
        var isRoot = Environment.UserName == "root";
        var start = new ProcessStartInfo(isRoot ? "setpriv" : program)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        if (isRoot)
        {
            List<string> prefix =
                [$"--reuid={SystemUser}", $"--regid={SystemUser}", "--init-groups", "--reset-env", program];
            prefix.ForEach(start.ArgumentList.Add);
        }

        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        // A server that was started keeps the output open: only the program's end is waited for.
        var (output, errors) = (new List<string>(), new List<string>());
        process.OutputDataReceived += (_, line) => output.Add(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => errors.Add(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)) || process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} failed: {string.Join('\n', output.Concat(errors))}");
        }
    }
}
