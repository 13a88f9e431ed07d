namespace Akka.Persistence.Journal;

internal enum ReplayFilterMode
{
    Off,
    RepairByDiscardOld,
    Fail,
    Warn,
}

/// <summary>
/// Finds events of two writers that were active at the same time, which stores without fences let in: it
/// looks some events ahead, and where a newer writer starts again at a number that an older one has used, the
/// older one's events are wrong.
/// </summary>
internal sealed class ReplayFilter(
    ReplayFilterMode mode,
    int windowSize,
    int maxOldWriters,
    Action<IPersistentRepresentation> deliver,
    Action<string> warn)
{
    private readonly LinkedList<IPersistentRepresentation> _window = [];
    private readonly Queue<string> _oldWriters = [];
    private string? _writer;
    private long _last;

    /// <exception cref="InvalidOperationException">Writers overlap and the mode is to fail.</exception>
    public void Add(IPersistentRepresentation item)
    {
        if (mode == ReplayFilterMode.Off)
        {
            deliver(item);
            return;
        }

        if (!IsAccepted(item))
        {
            return;
        }

        _window.AddLast(item);
        if (_window.Count >= windowSize)
        {
            Release();
        }
    }

    /// <summary>Delivers what is still held back.</summary>
    public void Complete()
    {
        while (_window.Count > 0)
        {
            Release();
        }
    }

    private bool IsAccepted(IPersistentRepresentation item)
    {
        if (item.WriterGuid == _writer)
        {
            if (item.SequenceNr < _last && !Complain(item, "comes after a higher number of the same writer"))
            {
                return false;
            }

            _last = item.SequenceNr;
            return true;
        }

        if (_oldWriters.Contains(item.WriterGuid))
        {
            return Complain(item, "was written by an old writer");
        }

        StartWriter(item);
        return true;
    }

    private void StartWriter(IPersistentRepresentation item)
    {
        if (_writer is not null)
        {
            _oldWriters.Enqueue(_writer);
            if (_oldWriters.Count > maxOldWriters)
            {
                _oldWriters.Dequeue();
            }
        }

        _writer = item.WriterGuid;
        _last = item.SequenceNr;
        for (var node = _window.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.SequenceNr >= item.SequenceNr
                && !Complain(node.Value, "was overwritten by a newer writer"))
            {
                _window.Remove(node);
            }

            node = next;
        }
    }

    /// <summary>True where the event is delivered all the same.</summary>
    private bool Complain(IPersistentRepresentation item, string what)
    {
        var message = $"Invalid replayed event [sequence number {item.SequenceNr} of {item.PersistenceId}, writer "
            + $"{item.WriterGuid}]: it {what}";
        if (mode == ReplayFilterMode.Fail)
        {
            throw new InvalidOperationException(message + "; the replay fails as replay-filter.mode says.");
        }

        warn(message + (mode == ReplayFilterMode.Warn ? "." : "; it is left out."));
        return mode == ReplayFilterMode.Warn;
    }

    private void Release()
    {
        var first = _window.First!.Value;
        _window.RemoveFirst();
        deliver(first);
    }
}
