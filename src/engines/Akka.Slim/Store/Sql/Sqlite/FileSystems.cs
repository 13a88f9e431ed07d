using Akka.Persistence.Sql;

namespace Akka.Store.Sql.Sqlite;

/// <summary>
/// Tells which kind of file system a path is on. Locks and shared memory of SQLite do not work between hosts,
/// so a store on a network file system would be destroyed sooner or later.
/// </summary>
/// <param name="mounts">
/// The kernel's table of mounts, as /proc/self/mounts has it; empty where unknown.
/// </param>
internal sealed class FileSystems(Func<string> mounts)
{
    private static readonly HashSet<string> _network =
    [
        "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs", "gfs2", "glusterfs", "gpfs", "lustre",
        "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "smb3", "smbfs", "virtiofs",
        "fuse.ceph", "fuse.cifs", "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.gvfsd-fuse",
        "fuse.mfs", "fuse.nfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "fuse.curlftpfs",
    ];

    public static FileSystems OfThisMachine { get; } = new(ReadMounts);

    /// <exception cref="SqlStoreException">The path is on a network file system.</exception>
    public void RefuseNetwork(string file)
    {
        if (TypeOf(Resolve(Path.GetFullPath(file))) is { } type && _network.Contains(type))
        {
            throw new SqlStoreException(
                $"The store {file} is on a network file system ({type}), where SQLite loses data. Use a "
                + $"local folder, or PostgreSQL (provider-name = \"{SqlStoreSettings.Postgres}\").");
        }
    }

    /// <summary>The type of the innermost mount that holds the path; null where unknown.</summary>
    private string? TypeOf(string path)
    {
        var (found, length) = ((string?)null, -1);
        foreach (var line in mounts().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split(' ');
            // A later mount hides an earlier one at the same place.
            if (fields.Length > 2 && Unescape(fields[1]) is var folder && folder.Length >= length
                && IsWithin(path, folder))
            {
                (found, length) = (fields[2], folder.Length);
            }
        }

        return found;
    }

    private static bool IsWithin(string path, string folder) =>
        folder == "/" || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>The path with no link in it.</summary>
    private static string Resolve(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var folder = Resolve(parent);
        var resolved = Path.Combine(folder, Path.GetFileName(path));
        // A link to itself does not exist.
        return Path.Exists(resolved) && new FileInfo(resolved).LinkTarget is { } target
            ? Resolve(Path.GetFullPath(target, folder))
            : resolved;
    }

    private static string Unescape(string field) =>
        field.Replace("\\040", " ").Replace("\\011", "\t").Replace("\\012", "\n").Replace("\\134", "\\");

    private static string ReadMounts() =>
        File.Exists("/proc/self/mounts") ? File.ReadAllText("/proc/self/mounts") : "";
}
