using System.Diagnostics;
using System.Globalization;

namespace TrainingCluster.EngineTests.Postgres;

/// <summary>
/// Folders of servers: each a copy of one that was initialised once on this machine, named after the process
/// that uses it.
/// </summary>
internal static class PostgresFolders
{
    private const string Prefix = "training-postgres-";

    /// <summary>World-writable, so that the server's user can make folders in it and reach them.</summary>
    private static string Root => Path.GetTempPath();

    private static string Template => Path.Combine(Root, $"{Prefix}template-{Environment.UserName}");

    public static string Make()
    {
        using var turn = TakeTurn();
        RemoveLeftovers();
        if (!Directory.Exists(Template))
        {
            Initialise();
        }

        var folder = Path.Combine(Root, $"{Prefix}{Environment.ProcessId}-{Path.GetRandomFileName()}");
        PostgresInstallation.RunAsServer("cp", "-a", Template, folder);
        return folder;
    }

    public static void Stop(string folder) =>
        PostgresInstallation.Run("pg_ctl", "-D", Path.Combine(folder, "data"), "-m", "immediate", "-w", "stop");

    public static void Remove(string folder)
    {
        try
        {
            Stop(folder);
        }
        catch (InvalidOperationException)
        {
            // It was not running.
        }

        PostgresInstallation.RunAsServer("rm", "-rf", folder);
    }

    private static void Initialise()
    {
        var draft = Template + ".draft";
        var passwordFile = Path.Combine(draft, "password");
        PostgresInstallation.RunAsServer("rm", "-rf", draft);
        PostgresInstallation.RunAsServer("mkdir", "-m", "700", draft);
        PostgresInstallation.RunAsServer(
            "/bin/sh", "-c", $"printf '%s' '{PostgresServer.InitialPassword}' > {passwordFile}");
        PostgresInstallation.Run(
            "initdb", "-D", Path.Combine(draft, "data"), "-U", PostgresServer.User, $"--pwfile={passwordFile}",
            "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        PostgresInstallation.RunAsServer("mv", draft, Template);
    }

    private static void RemoveLeftovers()
    {
        foreach (var folder in Directory.EnumerateDirectories(Root, Prefix + "*"))
        {
            var owner = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, CultureInfo.InvariantCulture, out var id) && !IsAlive(id))
            {
                Remove(folder);
            }
        }
    }

    private static bool IsAlive(int id) => Directory.Exists($"/proc/{id}");

    /// <summary>Test processes run side by side.</summary>
    private static FileStream TakeTurn()
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(Root, $"{Prefix}lock-{Environment.UserName}"), FileMode.OpenOrCreate,
                    FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (patience.Elapsed < TimeSpan.FromSeconds(60))
            {
                Thread.Sleep(20);
            }
        }
    }
}
