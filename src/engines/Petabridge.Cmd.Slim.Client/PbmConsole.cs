namespace Petabridge.Cmd.Client;

/// <summary>What the program reads and writes.</summary>
internal sealed record PbmConsole(TextReader Input, TextWriter Output, TextWriter Error)
{
    /// <summary>Somebody types and reads: there is a prompt, a history and completion.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>The output is a screen, which must not obey what a log entry holds.</summary>
    public bool IsScreen { get; init; }

    public static PbmConsole OfProcess() => new(Console.In, Console.Out, Console.Error)
    {
        IsInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected,
        IsScreen = !Console.IsOutputRedirected,
    };
}
