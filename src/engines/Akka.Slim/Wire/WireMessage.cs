namespace Akka.Wire;

/// <summary>What an entry of a frame is; the numbers are permanent.</summary>
internal enum WireKind : byte
{
    User = 1,
    Watch = 2,
    Unwatch = 3,
    Died = 4,
    Stop = 5,
    FramesLost = 6,
}

/// <summary>An entry of a frame as it was read.</summary>
/// <param name="Kind">Which of the others have a meaning.</param>
/// <param name="Recipient">A path on the reading node, without address.</param>
/// <param name="Other">
/// The sender, the watcher or the dead: a path on the sending node without address, or one with address.
/// </param>
/// <param name="SerializerId">Of a user message.</param>
/// <param name="Manifest">Of a user message.</param>
/// <param name="Payload">Of a user message.</param>
/// <param name="Flags">Of a death.</param>
internal sealed record WireMessage(
    WireKind Kind,
    string Recipient,
    string? Other,
    int SerializerId,
    string Manifest,
    ReadOnlyMemory<byte> Payload,
    DeathFlags Flags);

/// <summary>What a death notification says besides who died; the numbers are permanent.</summary>
[Flags]
internal enum DeathFlags : byte
{
    None = 0,
    ExistenceConfirmed = 1,
    AddressTerminated = 2,
}
