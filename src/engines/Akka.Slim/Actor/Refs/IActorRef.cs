using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// A handle to one incarnation of an actor, safe to share between threads and to send. Two are equal when
/// path and uid are.
/// </summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable, ISurrogated
{
    ActorPath Path { get; }
}
