using System.CommandLine;
using System.CommandLine.Parsing;
using TrainingCluster.Cli.Commands;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Node.Configuration;

namespace TrainingCluster.Cli;

/// <summary>The program: finds the command, runs it, and turns whatever goes wrong into words and an exit
/// code.</summary>
internal sealed class TrainctlProgram(CliConsole console, TimeProvider clock)
{
    public async Task<int> RunAsync(string[] arguments)
    {
        var root = TrainctlCommands.Build(new CommandContext(console, clock, arguments));
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 || Misspelt(parsed) is not null)
        {
            ErrorPrinter.Print(console.Error, UsageError(parsed), Format(parsed));
            return ExitCode.Usage;
        }

        try
        {
            // Signals are the commands' own business: a run is checkpointed first, and the process ends afterwards.
            var invocation = new InvocationConfiguration
            {
                Output = console.Out,
                Error = console.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(invocation);
        }
        catch (Exception exception)
        {
            var error = ErrorTranslation.Of(exception);
            ErrorPrinter.Print(console.Error, error, Format(parsed));
            if (parsed.GetValue(CommonOptions.Debug))
            {
                console.Error.WriteLine(exception);
            }

            return error.ExitCode;
        }
    }

    private static OutputFormat Format(ParseResult parsed)
    {
        var tokens = parsed.Tokens.Select(token => token.Value).ToArray();
        var place = Array.FindIndex(tokens, token => token is "-o" or "--output");
        return place >= 0 && place + 1 < tokens.Length
            && tokens[place + 1].Equals("json", StringComparison.OrdinalIgnoreCase)
            ? OutputFormat.Json
            : OutputFormat.Table;
    }

    private static UserError UsageError(ParseResult parsed)
    {
        string[] messages =
        [
            .. parsed.Errors.Select(error => error.Message).Distinct(),
            .. Misspelt(parsed) is { } option ? [$"'{option}' is no option of this command"] : Array.Empty<string>(),
        ];
        var command = string.Join(' ', Path(parsed.CommandResult));
        return new UserError(ExitCode.Usage, "cli.usage", messages[0])
        {
            Details = [.. messages.Skip(1)],
            Hints = [.. Suggestions(parsed), $"{command} --help"],
        };
    }

    private static IEnumerable<string> Suggestions(ParseResult parsed)
    {
        if ((parsed.UnmatchedTokens is [var first, ..] ? first : Misspelt(parsed)) is not { } unknown)
        {
            yield break;
        }

        var here = parsed.CommandResult.Command;
        var known = here.Subcommands.Select(command => command.Name)
            .Concat(here.Options.Select(option => option.Name))
            .Concat(CommonNames());
        var nearest = known.MinBy(name => EditDistance.Between(name, unknown));
        if (nearest is not null && EditDistance.Between(nearest, unknown) <= Math.Max(2, unknown.Length / 3))
        {
            yield return $"did you mean '{nearest}'?";
        }
    }

    /// <summary>
    /// Commands that take any number of words take unknown options for words too; what looks like an option and is
    /// there as a file is one.
    /// </summary>
    private static string? Misspelt(ParseResult parsed) => parsed.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Select(token => token.Value)
        .FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal) && !System.IO.Path.Exists(word));

    private static IEnumerable<string> CommonNames() =>
        new Option[] { CommonOptions.State, CommonOptions.Output, CommonOptions.Quiet, CommonOptions.Debug }
            .Select(option => option.Name);

    private static IEnumerable<string> Path(CommandResult result) =>
        (result.Parent is CommandResult parent ? Path(parent) : []).Append(
            result.Parent is null ? "trainctl" : result.Command.Name);
}
