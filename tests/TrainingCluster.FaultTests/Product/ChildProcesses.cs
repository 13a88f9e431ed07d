using System.Globalization;

namespace TrainingCluster.FaultTests.Product;

/// <summary>Processes as Linux lists them.</summary>
internal static class ChildProcesses
{
    /// <summary>Those that a process started and that have not ended.</summary>
    public static IReadOnlyList<int> Of(int parent) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && IsChild(id, parent)),
    ];

    public static bool Exists(int process) => StateOf(process) is { } state && state.State != 'Z';

    /// <summary>Names and values that the process was started with.</summary>
    public static IReadOnlyList<string> EnvironmentOf(int process) =>
        File.ReadAllText($"/proc/{process}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsChild(int process, int parent) =>
        StateOf(process) is { } state && state.Parent == parent && state.State != 'Z';

    // "PID (name) STATE PARENT …"; the name may hold anything.
    private static (char State, int Parent)? StateOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
