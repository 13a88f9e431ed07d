using Akka.Serialization;
using Akka.Wire;

namespace TrainingCluster.EngineTests.Wire;

/// <summary>The frame decoder against whatever a store may hold.</summary>
public sealed class FrameReaderSpecs
{
    private const int Rounds = 20_000;

    [Fact]
    public void A_frame_is_read_as_it_was_written()
    {
        var read = new List<WireMessage>();

        var problem = FrameReader.Read(Sample(), read);

        Assert.Equal(FrameProblem.None, problem);
        Assert.Equal([WireKind.User, WireKind.Died, WireKind.Watch], read.Select(message => message.Kind));
        Assert.Equal(("/user/a#1", null, 17, "S"), (
            read[0].Recipient, read[0].Other, read[0].SerializerId, read[0].Manifest));
        Assert.Equal("text"u8, read[0].Payload.Span);
        Assert.Equal(("/user/b#2", "/user/c#3", DeathFlags.ExistenceConfirmed), (
            read[1].Recipient, read[1].Other, read[1].Flags));
    }

    [Fact]
    public void Any_bytes_at_all_are_survived()
    {
        var random = new Random(1);
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            Survive(bytes);
            Survive(FrameFormat.Seal(bytes));
        }
    }

    [Fact]
    public void A_frame_cut_short_is_corrupt_or_read_up_to_the_end_of_an_entry()
    {
        var whole = Sample();
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Equal(FrameProblem.Corrupt, FrameReader.Read(whole.AsMemory(0, length), []));
        }

        var entries = whole.AsSpan(FrameFormat.HeaderLength);
        for (var length = 0; length < entries.Length; length++)
        {
            Survive(FrameFormat.Seal(entries[..length]));
        }
    }

    [Fact]
    public void Every_flipped_bit_is_found_by_the_checksum_and_survived_without_it()
    {
        var whole = Sample();
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var flipped = (byte[])whole.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.NotEqual(FrameProblem.None, FrameReader.Read(flipped, []));
            Survive(FrameFormat.Seal(flipped.AsSpan(FrameFormat.HeaderLength)));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x07 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00 })]
    public void A_huge_length_anywhere_allocates_nothing_to_speak_of(byte[] length)
    {
        var entries = Sample().AsSpan(FrameFormat.HeaderLength);
        for (var at = 0; at < entries.Length; at++)
        {
            Survive(FrameFormat.Seal([.. entries[..at], .. length, .. entries[at..]]));
        }
    }

    [Fact]
    public void A_path_deeper_than_any_tree_is_refused()
    {
        var path = string.Concat(Enumerable.Repeat("/a", ByteReader.LongestPath));

        Assert.Equal(
            FrameProblem.Corrupt,
            FrameReader.Read(FrameFormat.Seal(Entry(WireKind.Stop, path, null, _ => { })), []));
    }

    private static void Survive(byte[] frame)
    {
        var read = new List<WireMessage>();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var problem = FrameReader.Read(frame, read);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 0, 4096 + (200L * frame.Length));
        Assert.True(problem != FrameProblem.Corrupt || read.Count == 0);
    }

    private static byte[] Sample() => FrameFormat.Seal(
    [
        .. Entry(WireKind.User, "/user/a#1", null, entry =>
        {
            entry.Int32(17);
            entry.Text("S");
            entry.Bytes("text"u8);
        }),
        .. Entry(WireKind.Died, "/user/b#2", "/user/c#3", entry => entry.Byte(1)),
        .. Entry(WireKind.Watch, "/user/d#4", "akka.tcp://test@localhost:3/user/e#5", _ => { }),
    ]);

    private static byte[] Entry(WireKind kind, string recipient, string? other, Action<ByteWriter> rest)
    {
        var body = new ByteWriter();
        body.Text(recipient);
        body.OptionalText(other);
        rest(body);
        var entry = new ByteWriter();
        entry.Byte((byte)kind);
        entry.Bytes(body.Written);
        return entry.ToArray();
    }
}
