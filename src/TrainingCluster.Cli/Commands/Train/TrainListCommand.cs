using System.CommandLine;
using Spectre.Console;
using TrainingCluster.Cli.Documents;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>`trainctl train list`: every registered version, the newest of a model first.</summary>
internal static class TrainListCommand
{
    public static Command Create(CommandContext context)
    {
        var type = new Option<string?>("--model-type")
        {
            Description = "Only this type, such as cnn_lstm",
            HelpName = "TYPE",
        };
        var grade = new Option<string?>("--grade") { Description = "Only this grade, such as A-", HelpName = "GRADE" };
        var command = new Command("list", "List the registered versions") { type, grade };
        command.SetAction(parsed =>
        {
            var state = StateReader.Open(parsed.GetRequiredValue(CommonOptions.State).FullName);
            var versions = OfType(state.Registry(), parsed.GetValue(type))
                .Where(version => parsed.GetValue(grade) is not { } wanted || version.Grade.Text == wanted)
                .ToArray();
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.WriteList(context.Console.Out, [.. versions.Select(version => VersionDocument.Of(version))]);
            }
            else
            {
                Write(context.Console.OutAnsi, versions);
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>The versions of a type, or of every one; by model, the newest first.</summary>
    public static IEnumerable<ModelVersion> OfType(RegistryState registry, string? type) => registry.Versions.Values
        .Where(version => type is null || version.Id.Model.Type == type.Replace('-', '_'))
        .OrderBy(version => version.Id.Model.ToString(), StringComparer.Ordinal)
        .ThenByDescending(version => version.Id.Version);

    private static void Write(IAnsiConsole console, ModelVersion[] versions)
    {
        if (versions.Length == 0)
        {
            console.WriteLine("no versions yet; train some with: trainctl train pipeline DATA");
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("version", "grade");
        table.AddColumn(new TableColumn("Sharpe").RightAligned());
        table.AddColumn(new TableColumn("accuracy").RightAligned());
        table.AddColumns("data", "run", "created");
        foreach (var version in versions)
        {
            table.AddRow(
                Markup.Escape(version.Id.ToString()),
                version.Grade.Text,
                TextFormat.Number(Metric(version, "sharpe")),
                TextFormat.Number(Metric(version, "accuracy"), "0.000"),
                Markup.Escape(version.Lineage.DataName),
                version.RunId,
                TextFormat.Time(version.CreatedAt));
        }

        console.Write(table);
    }

    private static double? Metric(ModelVersion version, string name) =>
        version.Metrics.TryGetValue(name, out var value) ? value : null;
}
