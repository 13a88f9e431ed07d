using System.Buffers;
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
        var head = $"{PersistenceId}\n{SequenceNr}\n{SerializerId}\n{Manifest}\n";
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(head.Length) + Message.Length);
        try
        {
            var length = Encoding.UTF8.GetBytes(head, buffer);
            Message.CopyTo(buffer, length);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(buffer.AsSpan(0, length + Message.Length), hash);
            return BinaryPrimitives.ReadInt64LittleEndian(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
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
