using Akka.Actor;
using Akka.Persistence;
using TrainingCluster.EngineTests.Simulation.World;

namespace TrainingCluster.EngineTests.Simulation.Workload;

/// <summary>
/// A persistent actor that must be alone in the cluster, and lets the world know when it acts.
/// </summary>
internal abstract class JobActor : UntypedPersistentActor
{
    private const int EventsPerSnapshot = 25;

    private readonly Witness _witness;

    protected JobActor(string persistenceId, Witness witness)
    {
        PersistenceId = persistenceId;
        _witness = witness;
        Instance = witness.Created(persistenceId);
    }

    public sealed override string PersistenceId { get; }

    protected long Instance { get; }

    protected override void PostStop()
    {
        _witness.Stopped(PersistenceId, Instance);
        base.PostStop();
    }

    protected sealed override void OnCommand(object message)
    {
        Begins();
        switch (message)
        {
            case SaveSnapshotSuccess or SaveSnapshotFailure:
                break;
            default:
                Handle(message);
                break;
        }
    }

    protected sealed override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: JobsSnapshot snapshot }:
                Restore(snapshot);
                break;
            case RecoveryCompleted:
                Begins();
                _witness.Recovered(PersistenceId, Instance);
                Ready();
                break;
            default:
                Apply(message);
                break;
        }
    }

    protected void Store<TEvent>(TEvent item, Action then)
        where TEvent : notnull
    {
        Persist(item, stored =>
        {
            Begins();
            Apply(stored);
            then();
            if (LastSequenceNr % EventsPerSnapshot == 0)
            {
                SaveSnapshot(Snapshot());
            }
        });
    }

    protected abstract void Handle(object command);

    protected abstract void Apply(object item);

    protected abstract void Restore(JobsSnapshot snapshot);

    protected abstract JobsSnapshot Snapshot();

    protected virtual void Ready()
    {
    }

    private void Begins() => _witness.Begins(PersistenceId, Instance);
}
