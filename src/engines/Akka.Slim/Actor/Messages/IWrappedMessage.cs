namespace Akka.Actor;

/// <summary>Carries another message.</summary>
public interface IWrappedMessage
{
    object Message { get; }
}
