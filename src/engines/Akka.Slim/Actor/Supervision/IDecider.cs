namespace Akka.Actor;

/// <summary>Answers an exception with a directive.</summary>
public interface IDecider
{
    Directive Decide(Exception cause);
}
