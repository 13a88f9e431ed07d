using System.Globalization;
using System.Security.Cryptography;

namespace TrainingCluster.Training.Checkpoints;

/// <summary>
/// Checkpoints as files: <c>root/key/000000000042.ckpt</c>, the content followed by its sha-256. A save
/// writes a temporary file, flushes it to the disk and renames it; the one before is kept, so that a torn or
/// flipped newest file costs one interval and not the job.
/// </summary>
/// <param name="root">Created on the first save.</param>
public sealed class DirectoryCheckpointStore(string root) : ICheckpointStore
{
    private const string Extension = ".ckpt";
    private const int Kept = 2;

    public void Save(string jobKey, ReadOnlyMemory<byte> content)
    {
        var folder = Folder(jobKey);
        Directory.CreateDirectory(folder);
        var files = Files(folder);
        var number = files.Length == 0 ? 1 : Number(files[0]) + 1;
        var target = Path.Combine(folder, number.ToString("D12", CultureInfo.InvariantCulture) + Extension);
        var temporary = target + ".tmp";

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content.Span, hash);
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(content.Span);
            stream.Write(hash);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, target, overwrite: true);
        foreach (var old in files.Skip(Kept - 1))
        {
            File.Delete(old);
        }
    }

    public ReadOnlyMemory<byte>? LoadLatest(string jobKey)
    {
        foreach (var file in FilesOrNone(Folder(jobKey)))
        {
            if (ReadWhole(file) is { } content)
            {
                return content;
            }
        }

        return null;
    }

    public void Clear(string jobKey)
    {
        var folder = Folder(jobKey);
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }

    private static ReadOnlyMemory<byte>? ReadWhole(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // A writer on another node has gone on meanwhile.
            return null;
        }

        if (bytes.Length < SHA256.HashSizeInBytes)
        {
            return null;
        }

        var content = bytes.AsMemory(0, bytes.Length - SHA256.HashSizeInBytes);
        return SHA256.HashData(content.Span).AsSpan().SequenceEqual(bytes.AsSpan(content.Length))
            ? content
            : (ReadOnlyMemory<byte>?)null;
    }

    private static string[] FilesOrNone(string folder)
    {
        try
        {
            return Files(folder);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Newest first.</summary>
    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*" + Extension)
            .OrderByDescending(file => file, StringComparer.Ordinal)];

    private static long Number(string file) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    private string Folder(string jobKey)
    {
        if (jobKey.Length is 0 or > 128 || jobKey[0] == '.'
            || !jobKey.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '-' or '_'))
        {
            throw new ArgumentException(
                $"job key '{jobKey}' must be 1 to 128 of a–z, 0–9, '.', '-' and '_' and not begin with '.'",
                nameof(jobKey));
        }

        return Path.Combine(root, jobKey);
    }
}
