using Spectre.Console;

namespace TrainingCluster.Cli;

/// <summary>
/// Where a command writes: data goes to <see cref="Out"/>, everything else to <see cref="Error"/>. What a terminal can
/// do is decided for each of the two on its own.
/// </summary>
internal sealed class CliConsole
{
    public CliConsole(TextWriter output, TextWriter error, bool outIsTerminal, bool errorIsTerminal, bool colour)
    {
        Out = output;
        Error = error;
        ErrorIsTerminal = errorIsTerminal;
        OutAnsi = Ansi(output, outIsTerminal, colour);
        ErrorAnsi = Ansi(error, errorIsTerminal, colour);
    }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    public bool ErrorIsTerminal { get; }

    public IAnsiConsole OutAnsi { get; }

    public IAnsiConsole ErrorAnsi { get; }

    /// <summary>The process's own streams; NO_COLOR and TERM=dumb are honoured.</summary>
    public static CliConsole OfProcess()
    {
        var colour = Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 }
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new CliConsole(
            Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected, colour);
    }

    private static IAnsiConsole Ansi(TextWriter writer, bool terminal, bool colour)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal && colour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal && colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!terminal)
        {
            // A file or a pipe has no width; nothing of a table may be cut there.
            console.Profile.Width = 400;
        }

        return console;
    }
}
