using System.Globalization;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>
/// A node's place in a state directory that several nodes share: a shared lock on <c>node.lock</c>, which keeps out
/// whoever would train there alone, and an exclusive one on <c>nodes/NAME.lock</c>, which tells that the node lives.
/// <c>nodes/NAME.pid</c> beside it says which process it is. The operating system takes the locks back when the
/// process ends, however it ends.
/// </summary>
internal sealed class SharedNodeLock : IDisposable
{
    private const string LockExtension = ".lock";
    private const string PidExtension = ".pid";
    private readonly FileStream _shared;
    private readonly FileStream? _own;

    private SharedNodeLock(FileStream shared, FileStream? own)
    {
        _shared = shared;
        _own = own;
    }

    /// <param name="name">Of the node; part of a file's name.</param>
    /// <exception cref="StateDirectoryException">A process trains there alone.</exception>
    public static SharedNodeLock Take(StateDirectory directory, string name)
    {
        FileStream shared;
        try
        {
            shared = new FileStream(directory.LockPath, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (IOException held)
        {
            throw NodeLock.InUse(directory.LockPath, held);
        }

        Directory.CreateDirectory(directory.NodesPath);
        var path = Path.Combine(directory.NodesPath, name + LockExtension);
        return new SharedNodeLock(shared, TakeOwn(path));
    }

    /// <summary>The processes of this machine that are nodes on the directory, by name of the node.</summary>
    public static ImmutableArray<NodeProcessLine> Living(StateDirectory directory) =>
        Directory.Exists(directory.NodesPath) ?
        [
            .. Directory.EnumerateFiles(directory.NodesPath, "*" + LockExtension)
                .Where(NodeLock.IsHeld)
                .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Pid: PidOf(path)))
                .Where(node => node.Pid is not null)
                .Select(node => new NodeProcessLine(node.Name, node.Pid!.Value))
                .OrderBy(node => node.Name, StringComparer.Ordinal),
        ]
        : [];

    public void Dispose()
    {
        _own?.Dispose();
        _shared.Dispose();
    }

    // Held by another: the store decides which of the two is let in under the name, and says so.
    private static FileStream? TakeOwn(string path)
    {
        try
        {
            var own = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(
                Path.ChangeExtension(path, PidExtension),
                string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {Environment.MachineName}"));
            return own;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int? PidOf(string path)
    {
        try
        {
            return File.ReadAllText(Path.ChangeExtension(path, PidExtension)).Split(' ') is [var pid, var machine]
                && machine == Environment.MachineName
                && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}

/// <summary>A node that is a process of this machine.</summary>
/// <param name="Name">Host and port, <c>127.0.0.1_2551</c>.</param>
public sealed record NodeProcessLine(string Name, int ProcessId);
