namespace TrainingCluster.Testing.Files;

/// <summary>Larger data sets that may lie beside the repository; tests pass without them.</summary>
public static class SharedData
{
    /// <summary>
    /// The path of a file below a <c>shared/data</c> beside or above the repository, or null.
    /// </summary>
    public static string? Find(params string[] parts)
    {
        var start = new DirectoryInfo(Repository.Root);
        for (var folder = start.Parent; folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine([folder.FullName, "shared", "data", .. parts]);
            if (Path.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
