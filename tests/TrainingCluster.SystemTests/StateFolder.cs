namespace TrainingCluster.SystemTests;

/// <summary>An empty folder of a test's own that goes away with it.</summary>
internal sealed class StateFolder : IDisposable
{
    public StateFolder() => Path = Directory.CreateTempSubdirectory("training-").FullName;

    public string Path { get; }

    /// <summary>A state directory inside, not made yet.</summary>
    public string State => Folder("state");

    /// <summary>A copy of another state directory, to be spoilt.</summary>
    public string CopyOf(string state)
    {
        Copy(new DirectoryInfo(state), State);
        return State;
    }

    public string File(string name, string content)
    {
        var file = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllText(file, content);
        return file;
    }

    public string Folder(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(System.IO.Path.Combine(to, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories())
        {
            Copy(folder, System.IO.Path.Combine(to, folder.Name));
        }
    }
}
