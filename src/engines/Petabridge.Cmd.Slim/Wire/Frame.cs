using System.Text.Json.Serialization;

namespace Petabridge.Cmd.Wire;

/// <summary>
/// One message between client and host: an object of JSON whose <c>type</c> says which. The client begins with
/// <see cref="HelloFrame"/>, and the host answers with <see cref="WelcomeFrame"/> or <see cref="RefusedFrame"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HelloFrame), "hello")]
[JsonDerivedType(typeof(WelcomeFrame), "welcome")]
[JsonDerivedType(typeof(RefusedFrame), "refused")]
[JsonDerivedType(typeof(ExecuteFrame), "execute")]
[JsonDerivedType(typeof(CancelFrame), "cancel")]
[JsonDerivedType(typeof(ResponseFrame), "response")]
[JsonDerivedType(typeof(PingFrame), "ping")]
[JsonDerivedType(typeof(PongFrame), "pong")]
internal abstract record Frame;

/// <param name="Version">Of the protocol.</param>
/// <param name="Token">Needed where the host listens on other addresses than loopback.</param>
internal sealed record HelloFrame(int Version, string? Token) : Frame;

/// <summary>What there is to be run: the client knows no command by itself.</summary>
internal sealed record WelcomeFrame(int Version, IReadOnlyList<PaletteFrame> Palettes) : Frame;

/// <summary>The last frame of a connection that the host ends.</summary>
/// <param name="Code">For programs; one of <see cref="RefusalCodes"/>.</param>
internal sealed record RefusedFrame(string Code, string Text) : Frame;

/// <param name="Id">Chosen by the client; not that of a command that is under way.</param>
/// <param name="Words">The command line, split.</param>
internal sealed record ExecuteFrame(long Id, IReadOnlyList<string> Words) : Frame;

/// <summary>Ends a command that streams; unknown ids are ignored, since answers may be on their way.</summary>
internal sealed record CancelFrame(long Id) : Frame;

/// <param name="Outcome">Null while the stream goes on; else <c>ok</c>, <c>error</c> or <c>usage</c>.</param>
/// <param name="IsPart">The text goes on in the next frame of this id.</param>
internal sealed record ResponseFrame(long Id, string Msg, string? Outcome, bool IsPart) : Frame
{
    public const string Ok = "ok";
    public const string Error = "error";
    public const string Usage = "usage";
}

internal sealed record PingFrame : Frame;

internal sealed record PongFrame : Frame;

internal sealed record PaletteFrame(string Name, IReadOnlyList<CommandFrame> Commands)
{
    public static PaletteFrame Of(CommandPalette palette) => new(
        palette.ModuleName,
        [.. palette.Commands.Select(command => new CommandFrame(
            command.Name, command.Description, [.. command.Arguments.Select(ArgumentFrame.Of)]))]);

    public CommandPalette ToPalette() => new(Name, Commands.Select(command => new CommandDefinition(
        command.Name, command.Description, [.. command.Arguments.Select(argument => argument.ToDefinition())])));
}

internal sealed record CommandFrame(string Name, string Description, IReadOnlyList<ArgumentFrame> Arguments);

internal sealed record ArgumentFrame(
    string Name,
    string Description,
    IReadOnlyList<string> Switches,
    IReadOnlyList<string> Values,
    bool IsMandatory,
    bool IsRepeatable)
{
    public static ArgumentFrame Of(ArgumentDefinition argument) => new(
        argument.Name, argument.Description, [.. argument.Switch.Order(StringComparer.Ordinal)],
        argument.DefaultValues, argument.IsMandatory, argument.AllowMultiple);

    public ArgumentDefinition ToDefinition() => new(Name, Description, [.. Switches], Values)
    {
        IsMandatory = IsMandatory,
        AllowMultiple = IsRepeatable,
    };
}
