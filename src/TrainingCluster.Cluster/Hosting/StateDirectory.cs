using System.Globalization;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>
/// The layout of a state directory: <c>format</c>, <c>journal.db</c>, <c>artifacts/</c>, <c>checkpoints/</c>,
/// <c>quarantine/</c>, <c>runs/</c>, <c>trials/</c>, <c>registry.json</c>, <c>logs/</c> and <c>node.lock</c>; where
/// nodes share it also <c>cluster/</c> and <c>nodes/</c>.
/// </summary>
public sealed class StateDirectory
{
    /// <summary>The format that this program writes and the newest it reads.</summary>
    public const int Format = 1;

    private StateDirectory(string root) => Root = Path.GetFullPath(root);

    public string Root { get; }

    public string FormatPath => Path.Combine(Root, "format");

    public string JournalPath => Path.Combine(Root, "journal.db");

    public string ArtifactsPath => Path.Combine(Root, "artifacts");

    public string CheckpointsPath => Path.Combine(Root, "checkpoints");

    /// <summary>Jobs that could not be done, a folder each.</summary>
    public string QuarantinePath => Path.Combine(Root, "quarantine");

    public string RegistryViewPath => Path.Combine(Root, "registry.json");

    /// <summary>Trials that the journal does not have yet.</summary>
    public string TrialsPath => Path.Combine(Root, "trials");

    public string LogsPath => Path.Combine(Root, "logs");

    public string LockPath => Path.Combine(Root, "node.lock");

    /// <summary>What nodes on SQLite know of each other.</summary>
    public string ClusterPath => Path.Combine(Root, "cluster");

    /// <summary>Locks of the nodes that share the directory.</summary>
    public string NodesPath => Path.Combine(Root, "nodes");

    /// <summary>A process holds the directory right now, or nodes of a cluster share it.</summary>
    public bool IsInUse => NodeLock.IsHeld(LockPath) || !Nodes.IsEmpty;

    /// <summary>The nodes on the directory that are processes of this machine.</summary>
    public ImmutableArray<NodeProcessLine> Nodes => SharedNodeLock.Living(this);

    /// <summary>The folder of a run's own files, such as its report; not made here.</summary>
    /// <summary>Below the root: the store of bars, which needs no other part of the directory.</summary>
    private const string StoreFolder = "data";

    public string RunPath(string runId) => Path.Combine(Root, "runs", runId);

    /// <summary>For reading: nothing is made.</summary>
    /// <exception cref="StateDirectoryException">It is missing, foreign or newer.</exception>
    public static StateDirectory OpenExisting(string root)
    {
        var directory = new StateDirectory(root);
        if (!Directory.Exists(directory.Root))
        {
            throw new StateDirectoryException(StateDirectoryProblem.Missing,
                $"the state directory {directory.Root} does not exist; train something first, "
                + "or name another with --state");
        }

        directory.CheckFormat();
        return directory;
    }

    /// <summary>For training: made if it is not there, checked if it is.</summary>
    /// <exception cref="StateDirectoryException">It is foreign, newer or cannot be written to.</exception>
    public static StateDirectory OpenOrCreate(string root)
    {
        var directory = new StateDirectory(root);
        try
        {
            Directory.CreateDirectory(directory.Root);
            if (directory.IsNew())
            {
                directory.WriteFormat();
            }

            directory.CheckFormat();
            directory.CheckWritable();
            return directory;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new StateDirectoryException(StateDirectoryProblem.Unwritable,
                $"the state directory {directory.Root} cannot be written to: {refused.Message} "
                + "Give this user the right to write there, or name another directory with --state", refused);
        }
    }

    private void CheckFormat()
    {
        string text;
        try
        {
            text = File.ReadAllText(FormatPath).Trim();
        }
        catch (FileNotFoundException)
        {
            throw new StateDirectoryException(StateDirectoryProblem.Foreign,
                $"{Root} is no state directory: it has no file 'format'; "
                + "name another directory with --state");
        }

        if (!int.TryParse(
            text, NumberStyles.None, CultureInfo.InvariantCulture, out var format) || format < 1)
        {
            throw new StateDirectoryException(StateDirectoryProblem.Foreign,
                $"{FormatPath} says '{text}'; it must be a format number such as {Format}");
        }

        if (format > Format)
        {
            throw new StateDirectoryException(StateDirectoryProblem.Newer,
                $"the state directory {Root} has format {format}; this program reads up to format {Format}. "
                + "Use the newer program that wrote it, or name another directory with --state");
        }
    }

    // Bars may have been stored before anything was trained, and other nodes may be starting here at the same time,
    // whose files of a moment begin with a dot.
    private bool IsNew() => !File.Exists(FormatPath)
        && Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName).All(
            name => name![0] == '.' || (name == StoreFolder && Directory.Exists(Path.Combine(Root, name))));

    private void WriteFormat()
    {
        var aside = Path.Combine(Root, $".format-{Environment.MachineName}-{Environment.ProcessId}");
        File.WriteAllText(aside, Format.ToString(CultureInfo.InvariantCulture) + "\n");
        File.Move(aside, FormatPath, overwrite: true);
    }

    // Rights can be refused by mode bits, by a read-only mount or by a full disk: only writing tells.
    private void CheckWritable()
    {
        var probe = Path.Combine(Root, $".probe-{Environment.MachineName}-{Environment.ProcessId}");
        File.WriteAllBytes(probe, [1]);
        File.Delete(probe);
    }
}
