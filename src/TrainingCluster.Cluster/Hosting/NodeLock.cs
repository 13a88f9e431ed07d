using System.Globalization;

namespace TrainingCluster.Cluster.Hosting;

/// <summary>
/// The right to train in a state directory: an exclusive lock on <c>node.lock</c> that the operating system
/// takes back when the process ends, however it ends. <c>node.pid</c> beside it says whose it is; nobody else
/// can read a locked file.
/// </summary>
internal sealed class NodeLock : IDisposable
{
    // Locks on files are the kernel's among processes; among hosts of one process this set keeps them apart,
    // also where the file system knows no locks.
    private static readonly HashSet<string> HeldHere = [];

    private readonly FileStream _stream;
    private readonly string _path;

    private NodeLock(FileStream stream, string path)
    {
        _stream = stream;
        _path = path;
    }

    /// <exception cref="StateDirectoryException">Another process, or another host in this one, holds
    /// it.</exception>
    public static NodeLock Take(string path)
    {
        lock (HeldHere)
        {
            if (!HeldHere.Add(path))
            {
                throw InUse(path, null);
            }
        }

        try
        {
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(PidPath(path), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new NodeLock(stream, path);
        }
        catch (IOException held)
        {
            Forget(path);
            throw InUse(path, held);
        }
    }

    public static bool IsHeld(string path)
    {
        lock (HeldHere)
        {
            if (HeldHere.Contains(path))
            {
                return true;
            }
        }

        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return held is IOException and not FileNotFoundException;
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        Forget(_path);
    }

    private static void Forget(string path)
    {
        lock (HeldHere)
        {
            HeldHere.Remove(path);
        }
    }

    internal static StateDirectoryException InUse(string path, Exception? inner) => new(
        StateDirectoryProblem.InUse,
        $"the state directory {Path.GetDirectoryName(path)} is in use by process {Holder(path)}; "
        + "wait until it has ended, or name another directory with --state",
        inner);

    private static string Holder(string path)
    {
        try
        {
            return File.ReadAllText(PidPath(path)).Trim();
        }
        catch (IOException)
        {
            return "(unknown)";
        }
    }

    private static string PidPath(string path) => Path.ChangeExtension(path, ".pid");
}
