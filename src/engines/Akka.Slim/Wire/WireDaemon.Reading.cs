using Akka.Actor;
using Akka.Event;
using Akka.Store;

namespace Akka.Wire;

/// <summary>
/// How frames are read: one call at a time, which deletes what the one before has brought.
/// </summary>
internal sealed partial class WireDaemon
{
    /// <summary>Frames read at once: up to 16 MiB.</summary>
    private const int FramesAtOnce = 64;

    private readonly FrameInbox _inbox = new();
    private readonly FrameDelivery _delivery;
    private bool _isReading;
    private bool _mustReadAgain;
    private bool _holdsStrangersFrames;

    private void Read()
    {
        if (!_isOpen || _isReading)
        {
            _mustReadAgain = true;
            return;
        }

        _isReading = true;
        _mustReadAgain = false;
        var self = _wire.Self.Uid;
        var read = _inbox.Undeleted;
        var rows = read.Count == 0
            ? _wire.Stores.Queues.Read(store => store.Frames(self, FramesAtOnce))
            : _wire.Stores.Queues.Write(store => DeleteAndRead(store, self, read));
        _ = rows.PipeTo(
            Self, ActorRefs.NoSender, frames => new Arrived(frames, read), cause => new NotRead(cause));
    }

    private static async ValueTask<IReadOnlyList<FrameRow>> DeleteAndRead(
        IQueueStatements store, int self, IReadOnlyList<KeyValuePair<int, long>> read)
    {
        foreach (var (sender, number) in read)
        {
            await store.DeleteFrames(self, sender, number);
        }

        return await store.Frames(self, FramesAtOnce);
    }

    private void Accept(Arrived arrived)
    {
        _isReading = false;
        _failures = 0;
        _inbox.Deleted(arrived.Deleted);
        _holdsStrangersFrames = false;
        foreach (var frame in arrived.Frames)
        {
            if (_peers.TryGetValue(frame.Sender, out var association))
            {
                Accept(frame, association);
            }
            else
            {
                // The membership will show it soon; where it never does, its frames have been deleted.
                _holdsStrangersFrames = true;
            }
        }

        if (_mustReadAgain || (arrived.Frames.Count == FramesAtOnce && !_holdsStrangersFrames))
        {
            Read();
        }
    }

    private void Accept(FrameRow frame, Association association)
    {
        var verdict = _inbox.Accept(frame.Sender, frame.Number);
        if (verdict == FrameVerdict.Repeated)
        {
            return;
        }

        if (verdict == FrameVerdict.AfterGap)
        {
            _wire.Log.Warning(
                "gap", "Frames before {0} from {1} got lost in the store.", frame.Number, association.Peer);
            _node.Send(association, new FramesLost());
            _node.WatchAgain(association);
        }

        _delivery.Deliver(frame, association);
    }

    private void ReadLater(Exception cause)
    {
        _isReading = false;
        _wire.Log.Warning(
            "not read",
            "This node cannot read its queue in {0}: {1}",
            _wire.Stores.Queues.Location,
            cause.Message);
        Context.System.Scheduler.ScheduleTellOnce(
            _wire.BackOff(++_failures), Self, Look.Instance, ActorRefs.NoSender);
    }

    private sealed record Arrived(
        IReadOnlyList<FrameRow> Frames, IReadOnlyList<KeyValuePair<int, long>> Deleted)
        : IDeadLetterSuppression;

    private sealed record NotRead(Exception Cause) : IDeadLetterSuppression;
}
