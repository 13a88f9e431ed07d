using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>Events in memory; gone with the actor system. For tests.</summary>
public class MemoryJournal : AsyncWriteJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<IPersistentRepresentation>> _events = [];
    private readonly Dictionary<string, long> _highest = [];

    public override Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback)
    {
        List<IPersistentRepresentation> found;
        lock (_lock)
        {
            found = _events.GetValueOrDefault(persistenceId, [])
                .Where(item => item.SequenceNr >= fromSequenceNr && item.SequenceNr <= toSequenceNr)
                .Take((int)Math.Min(max, int.MaxValue))
                .ToList();
        }

        found.ForEach(recoveryCallback);
        return Task.CompletedTask;
    }

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr)
    {
        lock (_lock)
        {
            return Task.FromResult(_highest.GetValueOrDefault(persistenceId));
        }
    }

    protected override Task<IImmutableList<Exception?>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        lock (_lock)
        {
            foreach (var item in messages.SelectMany(write => write.Events))
            {
                if (!_events.TryGetValue(item.PersistenceId, out var events))
                {
                    _events.Add(item.PersistenceId, events = []);
                }

                events.Add(item);
                _highest[item.PersistenceId] =
                    Math.Max(_highest.GetValueOrDefault(item.PersistenceId), item.SequenceNr);
            }
        }

        return Task.FromResult<IImmutableList<Exception?>?>(null);
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        lock (_lock)
        {
            _events.GetValueOrDefault(persistenceId)?.RemoveAll(item => item.SequenceNr <= toSequenceNr);
        }

        return Task.CompletedTask;
    }
}
