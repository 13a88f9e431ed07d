namespace Akka.Actor;

/// <summary>Makes actors in a way <see cref="Props"/> itself does not know.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }

    ActorBase Produce();

    void Release(ActorBase actor);
}
