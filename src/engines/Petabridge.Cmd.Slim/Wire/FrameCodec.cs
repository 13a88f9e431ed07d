using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Petabridge.Cmd.Wire;

/// <summary>Frames on a stream: the length of what follows in four bytes, big-endian, then JSON in UTF-8.</summary>
internal static class FrameCodec
{
    private const int PrefixLength = 4;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 12,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public static byte[] Encode(Frame frame)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(frame, Options);
        var bytes = new byte[PrefixLength + json.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, json.Length);
        json.CopyTo(bytes, PrefixLength);
        return bytes;
    }

    /// <returns>Null at the end of the stream.</returns>
    /// <param name="stream">The connection.</param>
    /// <param name="limit">Most bytes of a frame, without its prefix.</param>
    /// <exception cref="FrameException">What came is no frame. The message repeats nothing of it.</exception>
    public static async Task<Frame?> ReadAsync(Stream stream, int limit, CancellationToken cancellation)
    {
        var prefix = new byte[PrefixLength];
        var got = await stream.ReadAtLeastAsync(prefix, PrefixLength, throwOnEndOfStream: false, cancellation)
            .ConfigureAwait(false);
        if (got == 0)
        {
            return null;
        }

        if (got < PrefixLength)
        {
            throw new FrameException(RefusalCodes.BadFrame, "the stream ended within a frame");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        if (length > limit)
        {
            throw new FrameException(RefusalCodes.TooLarge, $"a frame may have {limit} bytes");
        }

        var body = new byte[length];
        if (await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation)
            .ConfigureAwait(false) < body.Length)
        {
            throw new FrameException(RefusalCodes.BadFrame, "the stream ended within a frame");
        }

        return Decode(body);
    }

    private static Frame Decode(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<Frame>(body, Options)
                ?? throw new FrameException(RefusalCodes.BadFrame, "the frame is null");
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException
            or InvalidOperationException or ArgumentException)
        {
            throw new FrameException(RefusalCodes.BadFrame, "the frame is no message of this protocol");
        }
    }
}
