using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Registration;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Registry.Rules;

namespace TrainingCluster.Cluster.Reading;

/// <summary>
/// A state directory as its journal tells it, without starting anything and without writing: another process
/// may be training in it. Each call reads anew.
/// </summary>
public sealed class StateReader
{
    private readonly SqliteJournalFile _journal;

    private StateReader(StateDirectory directory)
    {
        Directory = directory;
        _journal = new SqliteJournalFile(directory.JournalPath);
    }

    public StateDirectory Directory { get; }

    /// <summary>The artifacts of the directory; reading one verifies its sha-256.</summary>
    public IArtifactStore Artifacts => new DirectoryArtifactStore(Directory.ArtifactsPath);

    /// <exception cref="StateDirectoryException">
    /// The directory is not there, is no state directory, or is of a newer format.
    /// </exception>
    public static StateReader Open(string stateDirectory) => new(StateDirectory.OpenExisting(stateDirectory));

    /// <summary>
    /// The versions and trials, with the trials that no node has taken into its journal yet; empty if nothing was
    /// registered.
    /// </summary>
    /// <exception cref="JournalCorruptException">An event is not what was written.</exception>
    public RegistryState Registry()
    {
        // The inbox first: a trial that moves meanwhile is then seen twice, which counts it once, and not never.
        var pending = new TrialInbox(Directory.TrialsPath).List();
        var state = Fold(
            PersistenceIds.Registry,
            RegistryState.Empty,
            (RegistryState before, RegistryEvent happened, long _) => before.Apply(happened));
        return pending.Aggregate(state, (before, trial) =>
            before.Decide(trial.Trial).Aggregate(before, (next, happened) => next.Apply(happened)));
    }

    /// <summary>All runs, the newest first.</summary>
    /// <exception cref="JournalCorruptException">An event is not what was written.</exception>
    public ImmutableArray<RunSummary> Runs() => [.. Ledger().Runs.Values.Reverse().Select(Summary)];

    /// <summary>One run, or null.</summary>
    /// <exception cref="JournalCorruptException">An event is not what was written.</exception>
    public RunSummary? Run(RunId id) => Ledger().Find(id) is { } run ? Summary(run) : null;

    /// <summary>Everything the coordinator knows for certain.</summary>
    /// <exception cref="JournalCorruptException">An event is not what was written.</exception>
    public RunLedger Ledger() => Fold(
        PersistenceIds.Coordinator,
        RunLedger.Empty,
        (RunLedger ledger, IRunEvent happened, long sequenceNumber) =>
            ledger.Apply(happened, sequenceNumber));

    /// <summary>Reads every page and every event and throws at the first that is not what was written.</summary>
    /// <exception cref="JournalCorruptException">A page or an event is not what was written.</exception>
    public void Verify()
    {
        _journal.Verify();
        Ledger();
        Registry();
    }

    // A journal that says "running" while no process holds the directory tells of a process that was killed.
    private RunSummary Summary(RunState run)
    {
        var summary = RunSummary.Of(run);
        return !run.Status.HasEnded() && !run.Status.IsHalted() && !Directory.IsInUse
            ? summary with { Status = RunStatus.Interrupted, Reason = Reasons.ProcessEnded }
            : summary;
    }

    private TState Fold<TState, TEvent>(
        string persistenceId, TState state, Func<TState, TEvent, long, TState> apply)
    {
        foreach (var (sequenceNumber, happened) in _journal.Read(persistenceId))
        {
            try
            {
                state = apply(state, (TEvent)happened, sequenceNumber);
            }
            catch (Exception misplaced) when (misplaced is InvalidCastException or KeyNotFoundException
                or ArgumentException)
            {
                throw new JournalCorruptException(
                    Directory.JournalPath, persistenceId, sequenceNumber,
                    $"the event does not follow from those before it: {misplaced.Message}", misplaced);
            }
        }

        return state;
    }
}
