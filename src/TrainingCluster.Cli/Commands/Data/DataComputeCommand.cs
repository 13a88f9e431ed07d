using System.CommandLine;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Features.Indicators;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>`trainctl data compute`: indicators over a file, one column an output, a row a bar; columns are called what
/// was asked for.</summary>
internal static class DataComputeCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("compute", "Compute indicators over a file of bars");
        var file = new DataFile(command);
        var indicators = new Option<string[]>("--indicator")
        {
            Description = "Indicator such as \"rsi(period=14)\"; may be given several times",
            HelpName = "NAME(PARAMETER=VALUE,…)",
            Required = true,
        };
        command.Options.Add(indicators);
        command.SetAction(parsed =>
        {
            var columns = Specs(parsed.GetRequiredValue(indicators));
            var bars = file.Read(parsed).ToSeries();
            var computed = columns.SelectMany(column => Compute(column, bars)).ToArray();
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, new ComputedDocument(
                    bars.Symbol, [.. bars.Times.ToArray().Select(CsvTable.Stamp)],
                    computed.ToDictionary(column => column.Name, column => column.Values)));
            }
            else
            {
                CsvTable.Write(context.Console.Out, bars.Times, computed);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static IndicatorSpec[] Specs(string[] texts)
    {
        try
        {
            return [.. texts.Select(IndicatorSpec.Parse).DistinctBy(spec => spec.Written)];
        }
        catch (FormatException wrong)
        {
            throw DataFile.Wrong(wrong.Message);
        }
    }

    private static IEnumerable<(string Name, double[] Values)> Compute(IndicatorSpec spec, BarSeries bars)
    {
        try
        {
            var indicator = spec.Make();
            return spec.WrittenColumns(indicator).Zip(IndicatorColumns.Compute(indicator, bars));
        }
        catch (FormatException wrong)
        {
            throw DataFile.Wrong(wrong.Message);
        }
    }

    private sealed record ComputedDocument(
        string Symbol, string[] Timestamps, Dictionary<string, double[]> Columns);
}
