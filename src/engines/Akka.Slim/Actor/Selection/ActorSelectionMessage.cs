namespace Akka.Actor;

/// <summary>A message on its way along a selection.</summary>
public sealed class ActorSelectionMessage(
    object message, SelectionPathElement[] elements, bool wildCardFanOut = false)
    : IAutoReceivedMessage, IPossiblyHarmful, IWrappedMessage
{
    public object Message { get; } = message;

    public SelectionPathElement[] Elements { get; } = elements;

    /// <summary>A pattern was matched on the way: where nobody is, nobody is told.</summary>
    public bool WildCardFanOut { get; } = wildCardFanOut;

    public override string ToString() =>
        $"ActorSelectionMessage - Message: {Message} - Elements: {string.Join('/', (object[])Elements)}";
}
