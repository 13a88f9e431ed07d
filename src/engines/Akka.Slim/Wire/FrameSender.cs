using Akka.Actor;
using Akka.Event;
using Akka.Store;

namespace Akka.Wire;

/// <summary>
/// Puts one receiver's frames into the store, one at a time: while one is on its way the next fills up. A
/// frame whose outcome is unknown is put again under its number, which the receiver drops if it has come.
/// </summary>
internal sealed class FrameSender(WireEnvironment wire, Association association) : UntypedActor
{
    private readonly FrameWriter _writer = new(
        wire.System, wire.Self.Address, wire.Settings.PayloadLimit, wire.Log);

    private enum Outcome
    {
        Sent,
        SenderClosed,
        ReceiverClosed,
    }

    private OpenInsert Insert => association.Insert;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Flush when Insert.Frame is null:
                SendNext();
                break;
            case Answered answer when ReferenceEquals(answer.Frame, Insert.Frame):
                Finish(answer.Outcome);
                break;
            case Unanswered answer when ReferenceEquals(answer.Frame, Insert.Frame):
                RetryLater(answer.Cause);
                break;
            case Retry when Insert.Frame is { } frame:
                Put(frame);
                break;
        }
    }

    /// <summary>Goes on with what is on its way, or with what waits: nobody would wake it again.</summary>
    protected override void PostRestart(Exception reason) =>
        Self.Tell(Insert.Frame is null ? Flush.Instance : Retry.Instance, ActorRefs.NoSender);

    private void SendNext()
    {
        while (!_writer.IsFull && association.TryTake(out var item))
        {
            if (_writer.TryAdd(item))
            {
                Insert.Messages.Add(item);
            }
        }

        if (!_writer.IsEmpty)
        {
            Insert.Begin(wire.Self.Uid, association.Peer!.Uid, _writer.Seal());
            Put(Insert.Frame!);
        }
    }

    private void Put(FrameRow frame) => _ = wire.Stores.Queues.Write(store => Put(store, frame)).PipeTo(
        Self,
        ActorRefs.NoSender,
        outcome => new Answered(frame, outcome),
        cause => new Unanswered(frame, cause));

    private static async ValueTask<Outcome> Put(IQueueStatements store, FrameRow frame)
    {
        var open = await store.LockEndpoints(frame.Sender, frame.Receiver);
        if (!open.Sender)
        {
            return Outcome.SenderClosed;
        }

        if (!open.Receiver)
        {
            return Outcome.ReceiverClosed;
        }

        await store.InsertFrame(frame);
        return Outcome.Sent;
    }

    private void Finish(Outcome outcome)
    {
        if (outcome == Outcome.Sent)
        {
            wire.Stores.WakeUps.Wake(association.Peer!.Uid);
            Insert.End();
            SendNext();
            return;
        }

        // Nothing will be sent from here any more: the endpoint of an incarnation never opens again.
        wire.ToDeadLetters(Insert.Messages);
        wire.ToDeadLetters(association.Refuse());
        Insert.End();
        if (outcome == Outcome.SenderClosed)
        {
            Context.Parent.Tell(WireDaemon.Expelled.Instance);
        }
    }

    private void RetryLater(Exception cause)
    {
        Insert.Failures++;
        wire.Log.Warning(
            "store away",
            "Messages to {0} wait, for the store {1} did not take them: {2}",
            association.Peer,
            wire.Stores.Queues.Location,
            cause.Message);
        Context.System.Scheduler.ScheduleTellOnce(
            wire.BackOff(Insert.Failures), Self, Retry.Instance, ActorRefs.NoSender);
    }

    public sealed class Flush : IDeadLetterSuppression
    {
        public static readonly Flush Instance = new();
    }

    private sealed class Retry : IDeadLetterSuppression
    {
        public static readonly Retry Instance = new();
    }

    private sealed record Answered(FrameRow Frame, Outcome Outcome) : IDeadLetterSuppression;

    private sealed record Unanswered(FrameRow Frame, Exception Cause) : IDeadLetterSuppression;
}
