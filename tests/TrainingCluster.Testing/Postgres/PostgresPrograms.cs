using TrainingCluster.Testing.Machine;

namespace TrainingCluster.Testing.Postgres;

/// <summary>The server's programs on this machine, and the user who runs them.</summary>
public static class PostgresPrograms
{
    private const int OldestMajor = 15;
    private const string User = "postgres";
    private static readonly string? Folder = Find();

    /// <summary>Why no server can be started here; null where one can.</summary>
    public static string? WhyNot =>
        Folder is null ? $"PostgreSQL {OldestMajor} or newer is not installed (package postgresql)"
        : Shell.IsRoot && !Shell.Has("setpriv") ? "PostgreSQL must not run as root, and setpriv is missing"
        : null;

    /// <summary>A command line of one of the programs, as a user that the server accepts.</summary>
    /// <param name="wrapper">What runs the rest of the line; empty for nothing.</param>
    /// <param name="program">Such as initdb.</param>
    /// <param name="arguments">Of the program.</param>
    public static IReadOnlyList<string> Line(
        IReadOnlyList<string> wrapper, string program, params IReadOnlyList<string> arguments) =>
    [
        .. wrapper,
        .. Shell.IsRoot
            ? (string[])["setpriv", $"--reuid={User}", $"--regid={User}", "--init-groups", "--reset-env"]
            : [],
        Path.Combine(Folder ?? throw new InvalidOperationException(WhyNot), program),
        .. arguments,
    ];

    /// <summary>An empty folder that belongs to the user who runs the programs.</summary>
    public static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("postgres-").FullName;
        if (Shell.IsRoot)
        {
            Shell.Run("chown", $"{User}:", folder);
        }

        return folder;
    }

    private static string? Find()
    {
        const string Versions = "/usr/lib/postgresql";
        return !Directory.Exists(Versions)
            ? null
            : Directory.EnumerateDirectories(Versions)
                .Select(folder => (Folder: Path.Combine(folder, "bin"), Major: Major(folder)))
                .Where(found => found.Major >= OldestMajor && File.Exists(Path.Combine(found.Folder, "initdb")))
                .OrderByDescending(found => found.Major)
                .Select(found => found.Folder)
                .FirstOrDefault();
    }

    private static int Major(string folder) =>
        int.TryParse(Path.GetFileName(folder), out var major) ? major : 0;
}
