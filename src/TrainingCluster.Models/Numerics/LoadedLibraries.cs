namespace TrainingCluster.Models.Numerics;

/// <summary>The shared libraries that this process has mapped, as Linux lists them.</summary>
internal static class LoadedLibraries
{
    private const string Maps = "/proc/self/maps";

    /// <summary>
    /// Path of the first mapped library whose file name begins with the prefix, links resolved; or null.
    /// </summary>
    public static string? Find(string prefix) => !File.Exists(Maps)
        ? null
        : File.ReadLines(Maps)
            .Select(line => line.IndexOf('/') is var at && at >= 0 ? line[at..] : "")
            .Where(path => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
}
