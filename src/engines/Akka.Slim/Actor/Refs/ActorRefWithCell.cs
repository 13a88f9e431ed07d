namespace Akka.Actor;

/// <summary>A reference to an actor of this system.</summary>
public abstract class ActorRefWithCell : ActorRefBase
{
    private protected ActorRefWithCell()
    {
    }

    /// <summary>The actors that it has made and that have not ended, in no order.</summary>
    public abstract IEnumerable<IActorRef> Children { get; }
}
