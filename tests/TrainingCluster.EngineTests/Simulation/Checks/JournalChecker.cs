namespace TrainingCluster.EngineTests.Simulation.Checks;

/// <summary>
/// Each journal counts without gaps or forks; nobody writes to it after a newer writer has had its first effect;
/// nothing happens twice in it; and what a client was told is in it.
/// </summary>
internal sealed class JournalChecker : IChecker
{
    private readonly Dictionary<string, Journal> _journals = [];
    private readonly Dictionary<string, long> _epochs = [];

    /// <summary>How many events of an id there are; 0 for none.</summary>
    public long CountOf(string persistenceId) =>
        _journals.TryGetValue(persistenceId, out var journal) ? journal.Highest : 0;

    public bool Contains(string persistenceId, string text) =>
        _journals.TryGetValue(persistenceId, out var journal) && journal.Events.Contains(text);

    public IEnumerable<string> EventsOf(string persistenceId) =>
        _journals.TryGetValue(persistenceId, out var journal) ? journal.Events : [];

    public void See(Observation observation)
    {
        switch (observation)
        {
            case FenceWon won:
                _epochs[won.Writer] = won.Epoch;
                break;
            case Recovered recovered:
                var (begun, epoch) = (JournalOf(recovered.PersistenceId), EpochOf(recovered.Writer));
                if (epoch > begun.Epoch)
                {
                    (begun.Epoch, begun.Writer) = (epoch, recovered.Writer);
                }

                break;
            case EventStored stored:
                Store(stored);
                break;
            case EventAcknowledged told when !Contains(told.PersistenceId, told.Text):
                throw new ViolationException(
                    $"A client was told that {told.PersistenceId} has stored {told.Text}, but it has not.");
        }
    }

    private void Store(EventStored stored)
    {
        var journal = JournalOf(stored.PersistenceId);
        var epoch = EpochOf(stored.Writer);
        if (epoch < journal.Epoch)
        {
            throw new ViolationException(
                $"{stored.PersistenceId}: writer {stored.Writer} of epoch {epoch} stored event {stored.Number} "
                + $"after the first effect of writer {journal.Writer} of epoch {journal.Epoch}.");
        }

        if (stored.Number != journal.Highest + 1)
        {
            throw new ViolationException(
                $"{stored.PersistenceId}: event {stored.Number} was stored after event {journal.Highest}.");
        }

        if (!journal.Events.Add(stored.Text))
        {
            throw new ViolationException($"{stored.PersistenceId}: {stored.Text} was stored a second time.");
        }

        (journal.Highest, journal.Epoch, journal.Writer) = (stored.Number, epoch, stored.Writer);
    }

    private long EpochOf(string writer) => _epochs.GetValueOrDefault(writer);

    private Journal JournalOf(string persistenceId)
    {
        if (!_journals.TryGetValue(persistenceId, out var journal))
        {
            _journals.Add(persistenceId, journal = new Journal());
        }

        return journal;
    }

    private sealed class Journal
    {
        public long Highest { get; set; }

        public long Epoch { get; set; }

        public string Writer { get; set; } = "nobody";

        public HashSet<string> Events { get; } = [];
    }
}
