namespace Akka.Actor;

/// <summary>Finds references by path.</summary>
public interface IActorRefProvider
{
    ActorPath RootPath { get; }

    Settings Settings { get; }

    IActorRef DeadLetters { get; }

    /// <summary>How other systems reach this one.</summary>
    Address DefaultAddress { get; }

    /// <summary>Completes when the root of the tree has stopped.</summary>
    Task TerminationTask { get; }

    /// <summary>A fresh path for a temporary reference.</summary>
    ActorPath TempPath();

    IActorRef RootGuardianAt(Address address);

    /// <summary>
    /// The actor at a path, uid included if it has one; else a reference that makes dead letters.
    /// </summary>
    IActorRef ResolveActorRef(string path);

    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>The address under which the given one knows this system, or null.</summary>
    Address? GetExternalAddressFor(Address address);
}
