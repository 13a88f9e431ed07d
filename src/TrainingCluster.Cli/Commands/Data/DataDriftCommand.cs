using System.CommandLine;
using System.Globalization;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Features.Drift;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>`trainctl data drift`: whether the bars of a file move as those of a reference file did.</summary>
internal static class DataDriftCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("drift", "Compare how bars move with a reference");
        var reference = new Option<string>("--reference")
        {
            Description = "File of bars to compare with", HelpName = "FILE", Required = true,
        };
        var strict = new Option<bool>("--exit-code") { Description = "Exit with 5 where the data set has drifted" };
        var file = new DataFile(command);
        command.Options.Add(reference);
        command.Options.Add(strict);
        command.SetAction(parsed =>
        {
            var current = file.Read(parsed).ToSeries();
            var before = BarImporter.Read(parsed.GetRequiredValue(reference), file.Options(parsed)).ToSeries();
            var report = DriftDetector.Compare(
                ReferenceProfile.Of(Columns(before)), Columns(current).ToDictionary(c => c.Name, c => c.Values));
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, report);
            }
            else
            {
                Write(context.Console.Out, report);
            }

            return report.Verdict == DriftVerdict.Drift && parsed.GetValue(strict)
                ? ExitCode.CheckFailed : ExitCode.Success;
        });
        return command;
    }

    /// <summary>Prices wander by nature; their moves, ranges and volumes are what a model relies on.</summary>
    private static List<(string Name, double[] Values)> Columns(BarSeries bars)
    {
        var (moves, ranges, volumes) = (new double[bars.Count], new double[bars.Count], new double[bars.Count]);
        moves[0] = volumes[0] = double.NaN;
        for (var t = 0; t < bars.Count; t++)
        {
            ranges[t] = Math.Log(bars.High[t] / bars.Low[t]);
            if (t > 0)
            {
                moves[t] = Math.Log(bars.Close[t] / bars.Close[t - 1]);
                volumes[t] = Math.Log(bars.Volume[t] / bars.Volume[t - 1]);
            }
        }

        return
        [
            ("log_return", moves), ("log_range", ranges), ("volume_change", volumes),
            .. bars.Extra.Select(column => (column.Name, column.Values.ToArray())),
        ];
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
