namespace Akka.Actor;

/// <summary>Well-known references.</summary>
public static class ActorRefs
{
    /// <summary>Null: replies to such a message become dead letters.</summary>
    public static readonly IActorRef? NoSender;

    public static readonly IActorRef Nobody = Akka.Actor.Nobody.Instance;
}
