using System.CommandLine;
using System.Globalization;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Features.Drift;
using TrainingCluster.MarketData.Import;
using TrainingCluster.Node.Reporting.Data;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>`trainctl data drift`: whether the bars of a file move as those of a reference file did.</summary>
internal static class DataDriftCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("drift", "Compare how bars move with a reference");
        var reference = new Option<string>("--reference")
        {
            Description = "File of bars to compare with",
            HelpName = "FILE",
            Required = true,
        };
        var strict = new Option<bool>("--exit-code") { Description = "Exit with 5 where the data set has drifted" };
        var report = PageFile.Option();
        var file = new DataFile(command);
        command.Options.Add(reference);
        command.Options.Add(strict);
        command.Options.Add(report);
        command.SetAction(parsed =>
        {
            var current = MovementColumns.Of(file.Read(parsed).ToSeries()).ToDictionary(c => c.Name, c => c.Values);
            var before = BarImporter.Read(parsed.GetRequiredValue(reference), file.Options(parsed)).ToSeries();
            var profile = ReferenceProfile.Of(MovementColumns.Of(before));
            var drift = DriftDetector.Compare(profile, current);
            PageFile.Write(context, parsed.GetValue(report), () => DriftPage.Render(
                new DriftComparison(
                    file.PathOf(parsed), parsed.GetRequiredValue(reference), profile, current, drift),
                CommandText.Of(context.Arguments),
                ProductVersion.Text));
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, drift);
            }
            else
            {
                Write(context.Console.Out, drift);
            }

            return drift.Verdict == DriftVerdict.Drift && parsed.GetValue(strict)
                ? ExitCode.CheckFailed : ExitCode.Success;
        });
        return command;
    }

    private static void Write(TextWriter writer, DriftReport report)
    {
        writer.WriteLine($"verdict: {Text(report.Verdict)}");
        foreach (var column in report.Columns)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {column.Name}: {Text(column.Verdict)}, {column.Test?.ToString() ?? "no test"}, "
                    + $"effect {column.Effect:0.####}, p {column.PValue:0.####} (adjusted {column.Adjusted:0.####}), "
                    + $"PSI {column.StabilityIndex:0.###} (chance {column.StabilityCritical:0.###}), "
                    + $"rows {column.ReferenceRows} and {column.CurrentRows}"));
        }
    }

    private static string Text(DriftVerdict verdict) => verdict switch
    {
        DriftVerdict.Drift => "drift",
        DriftVerdict.NoDrift => "no drift",
        _ => "too little data",
    };
}
