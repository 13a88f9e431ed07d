using Petabridge.Cmd.Parsing;

namespace Petabridge.Cmd.Client;

/// <summary>
/// Reads commands until <c>exit</c> or the end of the input. Where nobody types there is no prompt, and the outcome is
/// that of the last command that failed.
/// </summary>
internal sealed class Shell(
    PbmConsole console, InterruptSource interrupt, PbmConnection connection, PbmOptions options)
{
    public async Task<int> RunAsync()
    {
        var prompt = $"[{options.Host}:{options.Port}] pbm> ";
        var editor = console.IsInteractive
            ? new LineEditor(
                ReadKey, console.Output,
                line => Completion.Of(connection.Palettes, line))
            : null;
        if (editor is not null)
        {
            await console.Output.WriteLineAsync(
                $"successfully connected to {connection.Peer}\n"
                + "Commands downloaded from server. type `help` to see what's available").ConfigureAwait(false);
        }

        var code = ExitCode.Done;
        while (true)
        {
            var line = editor is null
                ? await console.Input.ReadLineAsync().ConfigureAwait(false)
                : editor.Read(prompt);
            if (line is null || line.Trim() == Completion.Exit)
            {
                return editor is null ? code : ExitCode.Done;
            }

            var outcome = line.Trim().Length == 0 ? ExitCode.Done : await RunAsync(line).ConfigureAwait(false);
            if (outcome == ExitCode.NoAnswer)
            {
                return outcome;
            }

            code = outcome == ExitCode.Done ? code : outcome;
        }
    }

    // While a line is typed Ctrl+C is a key; while a command runs it is a signal.
    private static ConsoleKeyInfo ReadKey()
    {
        Console.TreatControlCAsInput = true;
        try
        {
            return Console.ReadKey(intercept: true);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private async Task<int> RunAsync(string line)
    {
        try
        {
            var words = CommandWords.Split(line);
            if (words[0] == Completion.Help)
            {
                return await HelpAsync(words).ConfigureAwait(false);
            }

            // As in a shell: what follows the last > is a file.
            var file = words.Count > 2 && words[^2] == ">" ? words[^1] : null;
            var command = file is null ? words : [.. words.SkipLast(2)];
            var run = new CommandRun(console, interrupt, connection);
            if (file is null)
            {
                return await run.RunAsync(command, console.Output, options.AsJson, options.Timeout)
                    .ConfigureAwait(false);
            }

            var output = new StreamWriter(file);
            await using (output.ConfigureAwait(false))
            {
                return await run.RunAsync(command, output, options.AsJson, options.Timeout).ConfigureAwait(false);
            }
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"error: {wrong.Message}").ConfigureAwait(false);
            return ExitCode.Usage;
        }
    }

    private async Task<int> HelpAsync(IReadOnlyList<string> words)
    {
        var palette = words.Count > 1
            ? connection.Palettes.FirstOrDefault(known => known.ModuleName == words[1])
            : null;
        if (words.Count > 1 && palette is null)
        {
            await console.Error.WriteLineAsync($"error: the host has no palette '{words[1]}'").ConfigureAwait(false);
            return ExitCode.Usage;
        }

        var lines = palette is null ? CommandHelp.Lines(connection.Palettes) : CommandHelp.Lines(palette);
        await console.Output.WriteLineAsync(ResponsePrinter.Harmless(string.Join('\n', lines))).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
