using System.Buffers.Binary;
using System.Text;
using TrainingCluster.MarketData.Content;

namespace TrainingCluster.Training.Checkpoints;

/// <summary>A learner's bytes with what they belong to.</summary>
/// <param name="Spec">Of the job.</param>
/// <param name="Profile">Fingerprint of the numeric profile: other libraries continue to other bytes.</param>
/// <param name="Attempt">Of the recovery plan that the state came about under.</param>
/// <param name="Content">The learner's own bytes.</param>
internal sealed record CheckpointEnvelope(
    Digest Spec, string Profile, int Attempt, ReadOnlyMemory<byte> Content)
{
    private static ReadOnlySpan<byte> Magic => "TCCKPT01"u8;

    public byte[] ToBytes()
    {
        var header = Encoding.UTF8.GetBytes($"{Spec.Hex}\n{Attempt}\n{Profile}");
        var bytes = new byte[Magic.Length + sizeof(int) + header.Length + Content.Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Magic.Length), header.Length);
        header.CopyTo(bytes, Magic.Length + sizeof(int));
        Content.Span.CopyTo(bytes.AsSpan(Magic.Length + sizeof(int) + header.Length));
        return bytes;
    }

    /// <returns>Null where the bytes are no envelope of this format.</returns>
    public static CheckpointEnvelope? TryParse(ReadOnlyMemory<byte> bytes)
    {
        var start = Magic.Length + sizeof(int);
        if (bytes.Length < start || !bytes.Span.StartsWith(Magic))
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[Magic.Length..]);
        if (length < 0 || length > bytes.Length - start)
        {
            return null;
        }

        var lines = Encoding.UTF8.GetString(bytes.Span.Slice(start, length)).Split('\n', 3);
        return lines.Length == 3 && Digest.TryParse(lines[0], out var spec)
            && int.TryParse(lines[1], out var attempt)
            ? new CheckpointEnvelope(spec, lines[2], attempt, bytes[(start + length)..])
            : null;
    }
}
