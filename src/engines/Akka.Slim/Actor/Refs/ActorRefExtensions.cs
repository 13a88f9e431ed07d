namespace Akka.Actor;

public static class ActorRefExtensions
{
    /// <summary>True for null and for <see cref="ActorRefs.Nobody"/>.</summary>
    public static bool IsNobody(this IActorRef? actorRef) =>
        actorRef is null || actorRef.Equals(ActorRefs.Nobody);

    public static IActorRef GetOrElse(this IActorRef actorRef, Func<IActorRef> elseValue) =>
        actorRef.IsNobody() ? elseValue() : actorRef;
}
