namespace Akka.Persistence.Journal;

/// <summary>Turns events into what is stored. Made once for each journal; called on its threads.</summary>
public interface IWriteEventAdapter
{
    /// <summary>A hint for reading, stored with the event; may be empty.</summary>
    string Manifest(object evt);

    object ToJournal(object evt);
}

/// <summary>Turns what was stored into events: one, several or none.</summary>
public interface IReadEventAdapter
{
    IEventSequence FromJournal(object evt, string manifest);
}

/// <summary>
/// Stands between persistent actors and a journal, so that stored events may differ from those of the code.
/// </summary>
public interface IEventAdapter : IWriteEventAdapter, IReadEventAdapter;

/// <summary>Stores events as they are.</summary>
public sealed class IdentityEventAdapter : IEventAdapter
{
    private IdentityEventAdapter()
    {
    }

    public static IdentityEventAdapter Instance { get; } = new();

    public string Manifest(object evt) => "";

    public object ToJournal(object evt) => evt;

    public IEventSequence FromJournal(object evt, string manifest) => EventSequence.Single(evt);
}

/// <summary>What several adapters of one binding come to: at most one writes, all read.</summary>
internal sealed class BoundEventAdapter(IWriteEventAdapter? writer, IReadEventAdapter[] readers) : IEventAdapter
{
    public string Manifest(object evt) => writer?.Manifest(evt) ?? "";

    public object ToJournal(object evt) => writer?.ToJournal(evt) ?? evt;

    public IEventSequence FromJournal(object evt, string manifest) => readers.Length == 0
        ? EventSequence.Single(evt)
        : EventSequence.Create(readers.SelectMany(reader => reader.FromJournal(evt, manifest).Events));
}
