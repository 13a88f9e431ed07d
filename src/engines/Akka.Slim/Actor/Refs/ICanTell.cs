namespace Akka.Actor;

/// <summary>Whatever messages can be sent to.</summary>
public interface ICanTell
{
    void Tell(object message, IActorRef? sender);
}
