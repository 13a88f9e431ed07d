namespace Akka.Actor;

/// <summary>
/// A timer's message in the mailbox. The generation tells a replaced timer's from the present one's.
/// </summary>
internal sealed class TimerMessage(object key, object message, long generation, TimerScheduler owner)
    : IAutoReceivedMessage, INoSerializationVerificationNeeded, Event.IDeadLetterSuppression
{
    public object Key { get; } = key;

    public object Message { get; } = message;

    public long Generation { get; } = generation;

    public TimerScheduler Owner { get; } = owner;

    public override string ToString() => $"Timer(key={Key}, message={Message}, generation={Generation})";
}
