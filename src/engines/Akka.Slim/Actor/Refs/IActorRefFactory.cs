namespace Akka.Actor;

/// <summary>Starts actors and looks them up: an actor system or an actor's context.</summary>
public interface IActorRefFactory
{
    /// <param name="props">How to make the actor.</param>
    /// <param name="name">Unique among living siblings; null = a name is made up.</param>
    /// <exception cref="InvalidActorNameException">The name is taken or malformed.</exception>
    IActorRef ActorOf(Props props, string? name = null);

    ActorSelection ActorSelection(ActorPath actorPath);

    ActorSelection ActorSelection(string actorPath);
}
