namespace TrainingCluster.SystemTests;

/// <summary>An empty folder of a test's own that goes away with it.</summary>
internal sealed class StateFolder : IDisposable
{
    public StateFolder() => Path = Directory.CreateTempSubdirectory("training-").FullName;

    public string Path { get; }

    public string File(string name, string content)
    {
        var file = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllText(file, content);
        return file;
    }

    public string Folder(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
