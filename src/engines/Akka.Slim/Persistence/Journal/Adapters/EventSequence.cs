namespace Akka.Persistence.Journal;

/// <summary>What one stored event is to the actor that recovers.</summary>
public interface IEventSequence
{
    IEnumerable<object> Events { get; }
}

public static class EventSequence
{
    /// <summary>The stored event is skipped.</summary>
    public static readonly IEventSequence Empty = new Sequence([]);

    public static IEventSequence Single(object e) => new Sequence([e]);

    public static IEventSequence Create(params object[] events) => new Sequence(events);

    public static IEventSequence Create(IEnumerable<object> events) => new Sequence([.. events]);

    private sealed class Sequence(object[] events) : IEventSequence, IEquatable<IEventSequence>
    {
        public IEnumerable<object> Events { get; } = events;

        public bool Equals(IEventSequence? other) =>
            other is not null && Events.SequenceEqual(other.Events);

        public override bool Equals(object? obj) => Equals(obj as IEventSequence);

        public override int GetHashCode() => events.Length;
    }
}
