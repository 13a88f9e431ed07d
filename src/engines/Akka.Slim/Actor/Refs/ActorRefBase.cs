using Akka.Util;

namespace Akka.Actor;

/// <summary>Equality, order and surrogate, the same for all references.</summary>
public abstract class ActorRefBase : IActorRef
{
    public abstract ActorPath Path { get; }

    /// <summary>Whether null is an answer like any other.</summary>
    private protected virtual bool AcceptsNull => false;

    public void Tell(object message, IActorRef? sender)
    {
        if (message is null && !AcceptsNull)
            throw new InvalidMessageException($"The message to {this} is null; send a value.");
        TellInternal(message!, sender);
    }

    protected abstract void TellInternal(object message, IActorRef? sender);

    public bool Equals(IActorRef? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    public override bool Equals(object? obj) => Equals(obj as IActorRef);

    public override int GetHashCode() => HashCode.Combine(Path.Uid, Path.GetHashCode());

    public int CompareTo(IActorRef? other)
    {
        if (other is null)
            return 1;
        var result = Path.CompareTo(other.Path);
        return result != 0 ? result : Path.Uid.CompareTo(other.Path.Uid);
    }

    public int CompareTo(object? obj) => CompareTo(obj as IActorRef);

    public override string ToString() => Path.Uid == 0 ? $"[{Path}]" : $"[{Path}#{Path.Uid}]";

    public virtual ISurrogate ToSurrogate(ActorSystem system) =>
        new Surrogate(
            Path.ToSerializationFormatWithAddress(((ExtendedActorSystem)system).Provider.DefaultAddress));

    public class Surrogate(string path) : ISurrogate
    {
        public string Path { get; } = path;

        public ISurrogated FromSurrogate(ActorSystem system) =>
            ((ExtendedActorSystem)system).Provider.ResolveActorRef(Path);
    }
}
