namespace Akka.Actor;

public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Sends with the running actor as sender, or with none outside of an actor.</summary>
    public static void Tell(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.ImplicitSender?.Self);

    /// <summary>Sends on with the sender of the message that is being handled.</summary>
    public static void Forward(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.Current?.Sender);
}
