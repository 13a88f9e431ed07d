using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Serialization;

namespace Akka.Wire;

/// <summary>Serialises messages into a frame; what cannot go is refused, in the sender's log.</summary>
internal sealed class FrameWriter(ExtendedActorSystem system, Address self, int payloadLimit, RareLog log)
{
    /// <summary>
    /// Bytes after which no further message is added. Frames of small messages stay out of the large-object
    /// heap, and those with one of the largest below 256 KiB.
    /// </summary>
    private const int FullAt = 64 * 1024;

    private readonly ByteWriter _entries = new();
    private readonly ByteWriter _entry = new();

    public bool IsFull => _entries.Length >= FullAt;

    public bool IsEmpty => _entries.Length == 0;

    public bool TryAdd(Outgoing item)
    {
        _entry.CutTo(0);
        try
        {
            if (!TryWrite(item, out var kind))
            {
                return false;
            }

            _entries.Byte((byte)kind);
            _entries.Bytes(_entry.Written);
            return true;
        }
        catch (Exception e)
        {
            // Serializers are the application's: whatever one throws, the others' messages must go.
            log.Warning(
                "unserializable",
                "A message of type {0} to {1} was dropped, for it cannot be serialised: {2}",
                item.Message.GetType(),
                item.Recipient,
                e.Message);
            return false;
        }
    }

    public byte[] Seal()
    {
        var frame = FrameFormat.Seal(_entries.Written);
        _entries.CutTo(0);
        return frame;
    }

    private bool TryWrite(Outgoing item, out WireKind kind)
    {
        kind = item.Message switch
        {
            Watch => WireKind.Watch,
            Unwatch => WireKind.Unwatch,
            DeathWatchNotification => WireKind.Died,
            Terminate => WireKind.Stop,
            FramesLost => WireKind.FramesLost,
            _ => WireKind.User,
        };
        _entry.Text(Short(item.Recipient.Text));
        _entry.OptionalText(Other(item) is { } other ? Short(other) : null);
        switch (item.Message)
        {
            case DeathWatchNotification death:
                _entry.Byte((byte)Flags(death));
                return true;
            case SystemMessage:
                return true;
            default:
                return TryWritePayload(item);
        }
    }

    private bool TryWritePayload(Outgoing item)
    {
        var serializer = system.Serialization.FindSerializerFor(item.Message);
        var payload = serializer.ToBinary(item.Message);
        if (payload.Length > payloadLimit)
        {
            log.Warning(
                "oversized",
                "A message of type {0} to {1} was dropped: its {2} bytes are over the limit of {3} "
                + "(akka-slim.wire.payload-limit).",
                item.Message.GetType(),
                item.Recipient,
                payload.Length,
                payloadLimit);
            return false;
        }

        _entry.Int32(serializer.Identifier);
        _entry.Text(Serialization.Serialization.ManifestFor(serializer, item.Message));
        _entry.Bytes(payload);
        return true;
    }

    private string? Other(Outgoing item) => WirePaths.Of(
        item.Message switch
        {
            Watch watch => watch.Watcher,
            Unwatch unwatch => unwatch.Watcher,
            DeathWatchNotification death => death.Actor,
            SystemMessage => null,
            _ => item.Sender,
        },
        self);

    private static DeathFlags Flags(DeathWatchNotification death) =>
        (death.ExistenceConfirmed ? DeathFlags.ExistenceConfirmed : DeathFlags.None)
        | (death.AddressTerminated ? DeathFlags.AddressTerminated : DeathFlags.None);

    private static string Short(string path) => path.Length <= ByteReader.LongestPath
        ? path
        : throw new ArgumentException($"a path has {path.Length} characters, over {ByteReader.LongestPath}");
}
