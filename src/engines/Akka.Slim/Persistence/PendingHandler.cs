namespace Akka.Persistence;

/// <summary>What to call when the journal has answered.</summary>
/// <param name="Run">Called with the event.</param>
/// <param name="IsStashing">True where commands wait until it has run.</param>
internal readonly record struct PendingHandler(Action<object> Run, bool IsStashing);

/// <summary>Tells a recovering actor that time has passed.</summary>
internal sealed record RecoveryTick(bool ForSnapshot) : Actor.INoSerializationVerificationNeeded;
