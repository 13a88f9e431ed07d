using System.CommandLine;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;

namespace TrainingCluster.Cli.Commands.Preprocessors;

/// <summary>`trainctl preprocessors show|diff`: templates, files and what versions were saved with.</summary>
internal static class PreprocessorsShowCommand
{
    private const string Meaning = "A template's model type, a file, or a version";

    public static Command Create(CommandContext context)
    {
        var reference = new Argument<string>("REF") { Description = Meaning };
        var command = new Command("show", "Show a template, or the pipelines of a version") { reference };
        command.SetAction(parsed =>
        {
            var views = PipelineReference.Resolve(
                PipelineReference.StateOf(parsed), parsed.GetRequiredValue(reference));
            WriteAll(context.Console.Out, views, parsed.GetValue(CommonOptions.Output) == OutputFormat.Json);
            return ExitCode.Success;
        });
        return command;
    }

    public static Command CreateDiff(CommandContext context)
    {
        var first = new Argument<string>("A") { Description = Meaning };
        var second = new Argument<string>("B") { Description = Meaning };
        var command = new Command("diff", "Say what differs between two pipelines") { first, second };
        command.SetAction(parsed =>
        {
            var state = PipelineReference.StateOf(parsed);
            var left = PipelineReference.Resolve(state, parsed.GetRequiredValue(first));
            var right = PipelineReference.Resolve(state, parsed.GetRequiredValue(second));
            if (left.Length != right.Length)
            {
                throw new UserErrorException(new UserError(ExitCode.Usage, "preprocessing.parts",
                    $"{parsed.GetValue(first)} has {left.Length} pipelines and {parsed.GetValue(second)} has "
                        + $"{right.Length}; compare models of the same type"));
            }

            var differences = left.Zip(right).SelectMany(pair => Differences(pair.First, pair.Second)).ToArray();
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.WriteList(context.Console.Out, differences);
                return ExitCode.Success;
            }

            foreach (var one in differences)
            {
                context.Console.Out.WriteLine(
                    $"{one.What}\n  - {one.First ?? "nothing"}\n  + {one.Second ?? "nothing"}");
            }

            if (differences.Length == 0)
            {
                context.Console.Out.WriteLine("no difference");
            }

            return ExitCode.Success;
        });
        return command;
    }

    public static void WriteAll(TextWriter writer, IReadOnlyList<PipelineView> views, bool json)
    {
        if (json)
        {
            JsonOutput.WriteList(writer, views);
            return;
        }

        foreach (var view in views)
        {
            view.Write(writer);
        }
    }

    private static IEnumerable<Difference> Differences(PipelineView left, PipelineView right)
    {
        var (first, second) = (left.Facts().ToDictionary(), right.Facts().ToDictionary());
        return left.Facts().Select(fact => fact.Name).Union(right.Facts().Select(fact => fact.Name))
            .Select(name => new Difference(
                name, first.GetValueOrDefault(name), second.GetValueOrDefault(name)))
            .Where(one => one.First != one.Second);
    }

    private sealed record Difference(string What, string? First, string? Second);
}
