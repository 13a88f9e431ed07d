namespace TrainingCluster.SystemTests;

/// <summary>The artifacts of a state directory as files, for tests that spoil them.</summary>
internal static class ArtifactFiles
{
    public static string Of(string state, string digest) =>
        Path.Combine(state, "artifacts", "sha256", digest[..2], digest);

    /// <summary>Changes one bit in the middle of the file, the way a bad disk does.</summary>
    public static string Flip(string state, string digest)
    {
        var file = Of(state, digest);
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        // It is read-only; its folder is not.
        File.Delete(file);
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
