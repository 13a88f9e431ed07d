using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Akka.Persistence.Sql;

/// <summary>A serialised event or snapshot as a row holds it.</summary>
internal sealed record SqlRow(
    string PersistenceId,
    long SequenceNr,
    long CreatedTicks,
    byte[] Message,
    int SerializerId,
    string Manifest,
    string? Writer)
{
    /// <summary>
    /// The first eight bytes of the SHA-256 of id, sequence number, serializer, manifest and message: tells a
    /// row whose bytes changed, or that was put in another's place.
    /// </summary>
    public long Checksum()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(
            Encoding.UTF8.GetBytes($"{PersistenceId}\n{SequenceNr}\n{SerializerId}\n{Manifest}\n"));
        hash.AppendData(Message);
        return BinaryPrimitives.ReadInt64LittleEndian(hash.GetHashAndReset());
    }

    /// <summary>The row, if its checksum is right. Rows of other programs have none and pass.</summary>
    /// <exception cref="CorruptRowException">The bytes are not those that were written.</exception>
    public SqlRow Verified(long? checksum, string location) =>
        checksum is null || checksum == Checksum()
            ? this
            : throw Corrupt(location, "its bytes do not match its checksum", null);

    public CorruptRowException Corrupt(string location, string reason, Exception? cause) =>
        new(
            $"The row of persistence id {PersistenceId}, sequence number {SequenceNr}, in {location} is "
            + $"corrupt: {reason}. Restore the store from a backup.",
            cause);
}
