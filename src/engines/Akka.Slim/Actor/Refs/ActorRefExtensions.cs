namespace Akka.Actor;

public static class ActorRefExtensions
{
    /// <summary>
    /// True for null, <see cref="ActorRefs.Nobody"/> and the dead letters, which stand for a missing sender.
    /// </summary>
    public static bool IsNobody(this IActorRef? actorRef) =>
        actorRef is null or DeadLetterActorRef
        || ReferenceEquals(actorRef, ActorRefs.Nobody)
        || (actorRef is not IInternalActorRef && actorRef.Path is null);

    public static IActorRef GetOrElse(this IActorRef actorRef, Func<IActorRef> elseValue) =>
        actorRef.IsNobody() ? elseValue() : actorRef;
}
