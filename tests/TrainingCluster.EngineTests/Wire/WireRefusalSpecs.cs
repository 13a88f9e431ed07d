using Akka.Actor;
using Akka.Event;
using Akka.Serialization;
using Akka.Wire;

namespace TrainingCluster.EngineTests.Wire;

/// <summary>Messages that cannot be sent, or not be read: dropped, logged, and no harm done.</summary>
public sealed class WireRefusalSpecs : IDisposable
{
    private readonly WireNodes _nodes = new();
    private readonly WireNode _here;
    private readonly WireNode _there;

    public WireRefusalSpecs()
    {
        _here = _nodes.Join(1);
        _there = _nodes.Join(2);
        foreach (var node in (WireNode[])[_here, _there])
        {
            node.System.EventStream.Subscribe(node.Kit.TestActor, typeof(Warning));
        }
    }

    private IActorRef Listener => _here.RefTo(_there.Kit.TestActor);

    public void Dispose() => _nodes.Dispose();

    [Fact]
    public void A_message_over_the_payload_limit_is_refused_at_the_sender()
    {
        Listener.Tell(new byte[128_000], ActorRefs.NoSender);
        Listener.Tell(new byte[128_001], ActorRefs.NoSender);
        Listener.Tell("next", ActorRefs.NoSender);

        Assert.Equal(128_000, _there.Kit.ExpectMsg<byte[]>(WireNodes.Patience).Length);
        _there.Kit.ExpectMsg("next", WireNodes.Patience);
        var warning = WarningAt(_here);
        Assert.Contains("System.Byte[]", warning);
        Assert.Contains("128001 bytes", warning);
        Assert.Contains("limit of 128000", warning);
    }

    [Fact]
    public void A_message_without_a_serializer_is_refused_at_the_sender()
    {
        Listener.Tell(new Unbound(), ActorRefs.NoSender);
        Listener.Tell("next", ActorRefs.NoSender);

        _there.Kit.ExpectMsg("next", WireNodes.Patience);
        Assert.Contains($"No serializer takes {typeof(Unbound)}", WarningAt(_here));
    }

    [Theory]
    [InlineData(17, "?", "PrimitiveSerializers")]
    [InlineData(16, "newer-message", "does not know the manifest \"newer-message\"")]
    [InlineData(987654, "S", "No serializer has identifier 987654")]
    [InlineData(17, "I", "serializer 17, manifest \"I\"")]
    public void A_message_that_cannot_be_read_is_dropped_with_one_warning_a_minute(
        int serializer, string manifest, string complaint)
    {
        for (var number = 1; number <= 10; number++)
        {
            _nodes.Put(_here, _there, number, UserFrame(serializer, manifest, [1]));
        }

        _nodes.Put(_here, _there, number: 11, UserFrame(17, "S", "next"u8.ToArray()));

        Assert.Contains(complaint, WarningAt(_there));
        _there.Kit.ExpectMsg("next", WireNodes.Patience);
    }

    [Theory]
    [InlineData("corrupt")]
    [InlineData("of a newer version")]
    public void A_frame_that_cannot_be_read_is_dropped_with_a_warning(string problem)
    {
        var frame = UserFrame(17, "S", "damaged"u8.ToArray());
        frame[problem == "corrupt" ? ^1 : 0] ^= 0x40;

        _nodes.Put(_here, _there, number: 1, frame);
        _nodes.Put(_here, _there, number: 2, UserFrame(17, "S", "next"u8.ToArray()));

        Assert.Contains(problem, WarningAt(_there));
        _there.Kit.ExpectMsg("next", WireNodes.Patience);
    }

    [Fact]
    public void What_a_newer_version_added_to_a_frame_is_stepped_over()
    {
        var entries = new ByteWriter();
        entries.Byte(200);
        entries.Bytes([1, 2, 3]);
        AddUser(entries, _there.Kit.TestActor, 17, "S", "known"u8.ToArray());

        _nodes.Put(_here, _there, number: 1, FrameFormat.Seal(entries.Written));

        Assert.Contains("newer version", WarningAt(_there));
        _there.Kit.ExpectMsg("known", WireNodes.Patience);
    }

    [Fact]
    public void Damaged_entries_with_a_good_checksum_do_not_harm_the_node()
    {
        var victim = _there.System.ActorOf(Props.Create(() => new Victim()));
        var entries = new ByteWriter();
        var payload = _there.System.Serialization.Serialize(new Status.Success("text"));
        AddUser(entries, victim, 16, "success", payload);
        var random = new Random(1);
        for (var number = 1; number <= 500; number++)
        {
            var damaged = entries.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            _nodes.Put(_here, _there, number, FrameFormat.Seal(damaged));
        }

        _nodes.Put(_here, _there, number: 501, UserFrame(17, "S", "next"u8.ToArray()));

        _there.Kit.FishForMessage(message => message is "next", WireNodes.Patience);
    }

    private static string WarningAt(WireNode node) =>
        node.Kit.ExpectMsg<Warning>(WireNodes.Patience).Message.ToString()!;

    private byte[] UserFrame(int serializer, string manifest, byte[] payload)
    {
        var entries = new ByteWriter();
        AddUser(entries, _there.Kit.TestActor, serializer, manifest, payload);
        return FrameFormat.Seal(entries.Written);
    }

    private static void AddUser(
        ByteWriter entries, IActorRef recipient, int serializer, string manifest, byte[] payload)
    {
        var entry = new ByteWriter();
        entry.Text(WirePaths.WithoutAddress(recipient.Path));
        entry.OptionalText(null);
        entry.Int32(serializer);
        entry.Text(manifest);
        entry.Bytes(payload);
        entries.Byte((byte)WireKind.User);
        entries.Bytes(entry.Written);
    }

    private sealed class Unbound;

    private sealed class Victim : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
