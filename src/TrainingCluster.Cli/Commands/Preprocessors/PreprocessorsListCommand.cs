using System.CommandLine;
using System.Globalization;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Models.Artifacts;

namespace TrainingCluster.Cli.Commands.Preprocessors;

/// <summary>`trainctl preprocessors list`: the pipelines that the registered versions were saved with.</summary>
internal static class PreprocessorsListCommand
{
    public static Command Create(CommandContext context)
    {
        var type = new Option<string?>("--model-type")
        {
            Description = "Only those of models of this type, such as cnn_lstm",
            HelpName = "TYPE",
        };
        var command = new Command("list", "List the pipelines that versions were saved with") { type };
        command.SetAction(parsed =>
        {
            var state = StateReader.Open(PipelineReference.StateOf(parsed));
            var views = new List<PipelineView>();
            foreach (var version in TrainListCommand.OfType(state.Registry(), parsed.GetValue(type)))
            {
                try
                {
                    views.AddRange((PipelineReference.Of(state, version) ?? [])
                        .Select(one => PipelineView.Of($"{version.Id} {one.Part}", one.Pipeline.Fitted)));
                }
                catch (ArtifactFormatException unreadable)
                {
                    context.Console.Error.WriteLine($"warning: {version.Id}: {unreadable.Message}");
                }
            }

            Write(context.Console.Out, views, parsed.GetValue(CommonOptions.Output) == OutputFormat.Json);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(TextWriter writer, List<PipelineView> views, bool json)
    {
        if (json)
        {
            JsonOutput.WriteList(writer, views);
            return;
        }

        if (views.Count == 0)
        {
            writer.WriteLine("no pipelines yet; they are saved with models: trainctl train pipeline DATA");
        }

        foreach (var view in views)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{view.Name}: {view.ModelType} version {view.TemplateVersion}, {view.Outputs!.Length} columns over "
                    + $"{view.Window} bars, fitted on {TextFormat.Time(view.FittedFrom!.Value)} to "
                    + $"{TextFormat.Time(view.FittedTo!.Value)}, sha-256 {view.Sha256![..12]}"));
        }
    }
}
