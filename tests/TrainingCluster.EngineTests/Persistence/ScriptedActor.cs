using Akka.Actor;
using Akka.Persistence;

namespace TrainingCluster.EngineTests.Persistence;

/// <summary>
/// Runs what the test sends it and writes down what happens to it. Its state is the text of its events.
/// </summary>
public sealed class ScriptedActor : PersistentActor
{
    private readonly Transcript _transcript;
    private readonly Recovery _recovery;

    public ScriptedActor(string id, Transcript transcript, Recovery? recovery = null)
    {
        PersistenceId = id;
        _transcript = transcript;
        _recovery = recovery ?? Recovery.Default;
    }

    /// <summary>Code that runs in the actor as the handling of one command.</summary>
    public sealed record Run(Action<ScriptedActor> Script);

    public override string PersistenceId { get; }

    public override Recovery Recovery => _recovery;

    public string State { get; private set; } = "";

    public string? SenderName => Sender.Path.Name;

    public static Props Props(string id, Transcript transcript, Recovery? recovery = null) =>
        Akka.Actor.Props.Create(() => new ScriptedActor(id, transcript, recovery));

    public void Say(string line) => _transcript.Add(line);

    public void Store(string text) => Persist(text, Apply);

    public void Apply(string text)
    {
        State += text;
        Say($"handled {text}");
    }

    public void Answer(object message) => Sender.Tell(message, Self);

    public void KeepForLater() => Stash.Stash();

    public void TakeBack() => Stash.UnstashAll();

    protected override bool ReceiveRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer offer:
                State = (string)offer.Snapshot;
                Say($"snapshot {State} at {offer.Metadata.SequenceNr}");
                return true;
            case RecoveryCompleted:
                Say($"recovered {State} at {LastSequenceNr}");
                return true;
            case "poison":
                throw new InvalidOperationException("poisoned event");
            case string text:
                State += text;
                return true;
            default:
                return false;
        }
    }

    protected override bool ReceiveCommand(object message)
    {
        switch (message)
        {
            case Run run:
                run.Script(this);
                return true;
            case string text:
                Say($"command {text}");
                return true;
            case SaveSnapshotSuccess success:
                Say($"saved {success.Metadata.SequenceNr}");
                return true;
            case SaveSnapshotFailure failure:
                Say($"not saved {failure.Metadata.SequenceNr}: {failure.Cause.Message}");
                return true;
            case DeleteMessagesSuccess success:
                Say($"deleted to {success.ToSequenceNr}");
                return true;
            case DeleteMessagesFailure failure:
                Say($"not deleted to {failure.ToSequenceNr}: {failure.Cause.Message}");
                return true;
            case DeleteSnapshotSuccess or DeleteSnapshotsSuccess:
                Say("deleted snapshots");
                return true;
            default:
                return false;
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Say($"failed {@event} at {sequenceNr}: {cause.Message}");

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Say($"rejected at {sequenceNr}: {cause.Message}");

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Say($"not recovered: {reason.Message}");

    protected override void PostStop() => Say("stopped");
}
