using Akka.Actor;

namespace Petabridge.Cmd;

/// <summary>One answer of the stream that a command is answered with.</summary>
/// <param name="msg">Printed by the client as it is.</param>
/// <param name="final">Whether the stream ends with it.</param>
public class CommandResponse(string msg, bool final = true) : INoSerializationVerificationNeeded
{
    /// <summary>Ends a stream without a further word.</summary>
    public static readonly CommandResponse Empty = new("");

    public string Msg { get; } = msg;

    public bool Final { get; } = final;

    public override string ToString() => Msg;
}

/// <summary>The command could not be carried out; ends the stream.</summary>
public class ErroredCommandResponse(string msg) : CommandResponse(msg);

/// <summary>The command was never tried, because what was typed is none.</summary>
internal sealed class MistypedCommandResponse(string msg) : ErroredCommandResponse(msg);
