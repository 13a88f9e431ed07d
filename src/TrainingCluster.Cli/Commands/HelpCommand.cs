using System.CommandLine;
using TrainingCluster.Cli.Errors;

namespace TrainingCluster.Cli.Commands;

/// <summary>`trainctl help TOPIC`: what no single command's help can hold.</summary>
internal static class HelpCommand
{
    private static readonly SortedDictionary<string, string> Topics = new(StringComparer.Ordinal)
    {
        ["exit-codes"] = """
            0    success, an empty list included
            1    it was tried and it failed
            2    the words, the configuration or the data were wrong; nothing was attempted
            3    nothing, or more than one thing, goes by the name
            4    not allowed: a directory that cannot be written, a token that is missing or wrong
            5    a check failed: a checksum, a corrupt journal or artifact
            6    something else holds what is needed: a state directory in use or of a newer format,
                 a run that cannot be changed any more, a cluster that is full
            7    waited as long as was asked for; the work may go on
            8    the cluster does not answer
            9    some of the jobs succeeded and some did not
            130  interrupted (Ctrl-C); what ran was checkpointed
            143  terminated; what ran was checkpointed
            """,
        ["versions"] = """
            A version is TYPE/NAME@MAJOR.MINOR.PATCH, such as hybrid/rsi_mean_reversion@1.0.0. Commands also accept
            TYPE/NAME (the newest), TYPE/NAME@latest, a prefix that fits one version only, sha256:DIGITS (12 or more),
            and names such as cnn_lstm_v1.0.0_grade_A.
            """,
    };

    public static Command Create(CommandContext context)
    {
        var topic = new Argument<string>("TOPIC")
        {
            Description = string.Join(" | ", Topics.Keys),
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("help", "Explain a topic") { topic };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(topic);
            if (name is null)
            {
                context.Console.Out.WriteLine($"topics: {string.Join(", ", Topics.Keys)}");
                return ExitCode.Success;
            }

            if (!Topics.TryGetValue(name, out var text))
            {
                throw new UserErrorException(new UserError(ExitCode.NotFound, "help.topic.unknown",
                    $"there is no help on '{name}'; there is: {string.Join(", ", Topics.Keys)}"));
            }

            context.Console.Out.WriteLine(text);
            return ExitCode.Success;
        });
        return command;
    }
}
