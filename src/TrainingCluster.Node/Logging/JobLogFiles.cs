namespace TrainingCluster.Node.Logging;

/// <summary>Finds the lines about one job in the log files of a state directory; see <see cref="RunLog"/>.</summary>
/// <param name="folder">Need not be there.</param>
/// <param name="name">How the files begin.</param>
public sealed class JobLogFiles(string folder, string name = RunLog.StandardName)
{
    /// <summary>Longest line that is given back, in characters.</summary>
    private const int LineMax = 2_000;

    /// <summary>The newest lines, the oldest of them first.</summary>
    /// <param name="run">A run's id.</param>
    /// <param name="job">A job's id.</param>
    public IReadOnlyList<string> Read(string run, string job, int countMax)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var found = new Queue<string>();
        foreach (var file in Directory.EnumerateFiles(folder, $"{name}-*.log").Order(StringComparer.Ordinal))
        {
            foreach (var line in Lines(file))
            {
                if (line.Contains($" {run} {job} ", StringComparison.Ordinal))
                {
                    found.Enqueue(line.Length > LineMax ? line[..LineMax] : line);
                    if (found.Count > countMax)
                    {
                        found.Dequeue();
                    }
                }
            }
        }

        return [.. found];
    }

    // The file is being written to.
    private static IEnumerable<string> Lines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
