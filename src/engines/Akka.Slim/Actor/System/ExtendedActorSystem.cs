namespace Akka.Actor;

/// <summary>What extensions may do with an actor system.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    private protected ExtendedActorSystem()
    {
    }

    public abstract IActorRefProvider Provider { get; }

    /// <summary>Starts an actor below /system, which stops after those below /user.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    public abstract IActorRef SystemActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new();

    /// <summary>Stops all actors at once, without the coordinated shutdown.</summary>
    public abstract void Abort();

    internal abstract IInternalActorRef Guardian { get; }

    internal abstract IInternalActorRef SystemGuardian { get; }

    internal abstract IInternalActorRef LookupRoot { get; }
}
