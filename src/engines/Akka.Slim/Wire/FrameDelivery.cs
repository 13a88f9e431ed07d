using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Store;

namespace Akka.Wire;

/// <summary>
/// Hands the messages of a frame to this node's actors. What cannot be read is dropped and logged; it never
/// holds up what follows.
/// </summary>
internal sealed class FrameDelivery(WireEnvironment wire, NodeWire node)
{
    private readonly List<WireMessage> _messages = [];

    private Address Own => wire.Provider.RootPath.Address;

    public void Deliver(FrameRow frame, Association from)
    {
        _messages.Clear();
        var problem = FrameReader.Read(frame.Bytes, _messages);
        if (problem != FrameProblem.None)
        {
            wire.Log.Warning(
                problem.ToString(),
                "Frame {0} from {1} was dropped, wholly or in part: it is {2}.",
                frame.Number,
                from.Peer,
                problem == FrameProblem.Newer ? "of a newer version" : "corrupt");
        }

        foreach (var message in _messages)
        {
            try
            {
                Deliver(message, from);
            }
            catch (Exception e)
            {
                wire.Log.Warning(
                    "unreadable",
                    "A message from {0} to {1} was dropped, for it cannot be read (serializer {2}, "
                    + "manifest \"{3}\"): {4}",
                    from.Peer,
                    message.Recipient,
                    message.SerializerId,
                    message.Manifest,
                    e.Message);
            }
        }
    }

    private void Deliver(WireMessage message, Association from)
    {
        var recipient = WirePaths.Resolve(wire.Provider, message.Recipient, Own);
        var other = message.Other is { } text
            ? WirePaths.Resolve(wire.Provider, text, from.Address) : null;
        switch (message.Kind)
        {
            case WireKind.User:
                DeliverUser(message, recipient, other);
                break;
            case WireKind.Watch when other is not null:
                if (from.AddTheirs(recipient, other))
                {
                    recipient.SendSystemMessage(new Watch(recipient, other));
                }

                break;
            case WireKind.Unwatch when other is not null:
                from.RemoveTheirs(recipient, other);
                recipient.SendSystemMessage(new Unwatch(recipient, other));
                break;
            case WireKind.Died when other is not null:
                DeliverDeath(message.Flags, recipient, other, from);
                break;
            case WireKind.Stop:
                recipient.Stop();
                break;
            case WireKind.FramesLost:
                node.WatchAgain(from);
                break;
        }
    }

    private void DeliverUser(WireMessage message, IInternalActorRef recipient, IActorRef? sender)
    {
        var content = wire.System.Serialization.Deserialize(
            message.Payload.ToArray(), message.SerializerId, message.Manifest);
        if (content is ActorSelectionMessage selection)
        {
            // Walked from here and not by the anchor, which could be overtaken by what comes next.
            SelectionDelivery.Deliver(recipient, selection, sender);
        }
        else
        {
            recipient.Tell(content, sender);
        }
    }

    private void DeliverDeath(
        DeathFlags flags, IInternalActorRef watcher, IInternalActorRef dead, Association from)
    {
        var withoutUid = dead.Path.Uid == 0 ? dead : node.RefTo(dead.Path.WithUid(0));
        if (from.EndWatch(dead, withoutUid, watcher) is { } watchee)
        {
            watcher.SendSystemMessage(new DeathWatchNotification(
                watchee,
                flags.HasFlag(DeathFlags.ExistenceConfirmed),
                flags.HasFlag(DeathFlags.AddressTerminated)));
        }
    }
}
