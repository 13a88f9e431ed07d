namespace Akka.Actor;

/// <summary>Decides by a function, which cannot travel to another node.</summary>
public sealed class LocalOnlyDecider(Func<Exception, Directive> decider) : IDecider
{
    public Directive Decide(Exception cause) => decider(cause);
}
