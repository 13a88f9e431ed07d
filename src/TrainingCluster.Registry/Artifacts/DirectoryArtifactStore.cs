using TrainingCluster.MarketData.Content;

namespace TrainingCluster.Registry.Artifacts;

/// <summary>
/// Artifacts as read-only files named by their sha-256, two levels deep: <c>sha256/ab/ab12…</c> under the
/// root. A file appears under its name only when it is whole and durable: written aside, flushed, renamed,
/// and the folder flushed after it. Several processes may share one root on a local file system.
/// </summary>
/// <param name="root">The folder that holds the store; made on the first <see cref="Put"/>.</param>
public sealed class DirectoryArtifactStore(string root) : IArtifactStore
{
    private const UnixFileMode ReadOnlyForAll =
        UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static long lastTemporaryNumber;

    /// <summary>Where the artifact lies once it is stored.</summary>
    public string PathOf(Digest digest) => Path.Combine(root, "sha256", digest.Hex[..2], digest.Hex);

    public bool Contains(Digest digest) => File.Exists(PathOf(digest));

    public Digest Put(ReadOnlyMemory<byte> content)
    {
        var digest = Digest.Of(content.Span);
        var path = PathOf(digest);
        if (HoldsIntact(path, digest, content.Length))
        {
            return digest;
        }

        var folder = Path.GetDirectoryName(path)!;
        var isNewFolder = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        var temporary = WriteAside(content.Span);
        try
        {
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        DurableFolder.Flush(folder);
        if (isNewFolder)
        {
            DurableFolder.Flush(Path.GetDirectoryName(folder)!);
        }

        return digest;
    }

    public ReadOnlyMemory<byte> Get(Digest digest)
    {
        var path = PathOf(digest);
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ArtifactMissingException(digest);
        }

        var actual = Digest.Of(content);
        return actual == digest ? content : throw new ArtifactCorruptException(digest, actual, path);
    }

    // A corrupt file is not kept for its name's sake: the caller holds the right bytes, so they replace it.
    private static bool HoldsIntact(string path, Digest digest, long length)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length != length)
        {
            return false;
        }

        using var stream = file.OpenRead();
        return Digest.Of(stream) == digest;
    }

    private string WriteAside(ReadOnlySpan<byte> content)
    {
        var folder = Path.Combine(root, "temp");
        Directory.CreateDirectory(folder);
        using var stream = CreateTemporary(folder);
        try
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(stream.SafeFileHandle, ReadOnlyForAll);
            }
        }
        catch
        {
            File.Delete(stream.Name);
            throw;
        }

        return stream.Name;
    }

    // A process that died may have left files under the number of a process that lives: those names are
    // passed over.
    private static FileStream CreateTemporary(string folder)
    {
        while (true)
        {
            var number = Interlocked.Increment(ref lastTemporaryNumber);
            var path = Path.Combine(folder, $"{Environment.ProcessId}-{number}");
            try
            {
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
            }
        }
    }
}
