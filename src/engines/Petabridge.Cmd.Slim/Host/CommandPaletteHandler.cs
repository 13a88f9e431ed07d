using Akka.Actor;

namespace Petabridge.Cmd.Host;

/// <summary>
/// Brings a palette to a host: derive, give the palette to the constructor, and set <see cref="HandlerProps"/> there or
/// in <see cref="OnRegister"/>.
/// </summary>
public abstract class CommandPaletteHandler
{
    protected CommandPaletteHandler(CommandPalette palette) => Palette = palette;

    public CommandPalette Palette { get; }

    /// <summary>
    /// Of the actor that runs the commands, usually a <see cref="CommandHandlerActor"/>; each session that uses the
    /// palette gets one of its own.
    /// </summary>
    public virtual Props HandlerProps { get; protected set; } = Props.Empty;

    /// <summary>Called once, when the palette is registered: the place to look at the system, or start
    /// actors.</summary>
    public virtual void OnRegister(PetabridgeCmd plugin)
    {
    }
}
