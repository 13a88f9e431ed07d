using TrainingCluster.MarketData.Content;

namespace TrainingCluster.Registry.Artifacts;

/// <summary>
/// Content-addressed, write-once storage. What was put under a digest never changes; putting it again does
/// nothing. Safe for use from several threads and processes.
/// </summary>
public interface IArtifactStore
{
    /// <summary>Stores the content durably before it returns.</summary>
    /// <returns>The sha-256 of the content, its only name.</returns>
    Digest Put(ReadOnlyMemory<byte> content);

    /// <summary>The content, after its sha-256 was compared with <paramref name="digest"/>.</summary>
    /// <exception cref="ArtifactMissingException">Nothing is stored under the digest.</exception>
    /// <exception cref="ArtifactCorruptException">The stored bytes have another sha-256.</exception>
    ReadOnlyMemory<byte> Get(Digest digest);

    bool Contains(Digest digest);
}

/// <summary>Nothing is stored under a digest.</summary>
public sealed class ArtifactMissingException(Digest digest)
    : Exception($"artifact {digest} is not in the store; restore it from a backup or train its version again")
{
    public Digest Digest { get; } = digest;
}

/// <summary>The bytes stored under a digest have another sha-256 than their name says.</summary>
public sealed class ArtifactCorruptException(Digest digest, Digest actual, string location)
    : Exception($"artifact {digest} is corrupt: the bytes in {location} have {actual}; "
        + "restore the file from a backup or train its version again")
{
    public Digest Digest { get; } = digest;

    public Digest Actual { get; } = actual;
}
