using Akka.Actor;

namespace Petabridge.Cmd;

/// <summary>
/// What a handler is told to do. It answers the sender with a stream of <see cref="CommandResponse"/> of which exactly
/// one, the last, is final.
/// </summary>
/// <param name="palette">The module name.</param>
/// <param name="name">The command's name within the palette.</param>
/// <param name="arguments">Pairs of switch and value, in the order in which they were given.</param>
public sealed class Command(string palette, string name, IEnumerable<Tuple<string, string>> arguments)
    : INoSerializationVerificationNeeded
{
    public string Palette { get; } = palette;

    public string Name { get; } = name;

    public IReadOnlyList<Tuple<string, string>> Arguments { get; } = [.. arguments];

    public override string ToString() => $"{Palette} {Name}";
}
