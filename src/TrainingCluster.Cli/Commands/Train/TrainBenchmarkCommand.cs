using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TrainingCluster.Cli.Commands.Backtests;
using TrainingCluster.Cli.Documents;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>`trainctl train benchmark --models A,B DATA`: models side by side on the same bars.</summary>
internal static class TrainBenchmarkCommand
{
    public static Command Create(CommandContext context)
    {
        var data = new Argument<string[]>("DATA")
        {
            Description = "Bars as the train commands read them: files of any dialect, folders, store:SYMBOL",
            Arity = ArgumentArity.OneOrMore,
        };
        var models = RunOptions.Names(
            "--models", "Versions to compare, by comma or repeated; see: trainctl help versions");
        models.Required = true;

        // What follows the option's one word is DATA.
        models.AllowMultipleArgumentsPerToken = false;
        var accept = new Option<bool>("--accept-quality")
        {
            Description = "Use bars that do not pass the quality gate",
        };
        var fee = new Option<double?>("--fee")
        {
            Description = "Cost of a unit of turnover, as a ratio; by default training.trading.fee",
            HelpName = "RATIO",
            CustomParser = result => NumberOption.Read<double>(
                result, "a ratio from 0 to below 1, such as 0.0005", value => value is >= 0 and < 1),
        };
        var command = new Command("benchmark", "Compare models on the same bars, with what choosing one is worth")
        {
            data, models, accept, fee,
        };
        command.SetAction(parsed =>
        {
            var state = parsed.GetRequiredValue(CommonOptions.State).FullName;
            var reader = StateReader.Open(state);
            var registry = reader.Registry();
            var versions = Versions(registry, parsed.GetValue(models));
            var source = new TrainingDataSource(
                new DataRequest(
                    [.. parsed.GetRequiredValue(data)], state, parsed.GetValue(accept), null, null, "compared on"),
                context.Clock);
            var costs = TradingCosts.Of(SettingsSources.Load(null, parsed).Effective, parsed.GetValue(fee));
            var benchmark = ModelBenchmark.Of(reader.Artifacts, versions, source.Read().Panel, costs);
            var (trials, warning) = TrialCounter.Count(state, benchmark.Trials);
            if (warning is not null)
            {
                context.Console.Error.WriteLine($"warning: {warning}");
            }

            var document = benchmark.Judged(trials);
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.Write(context.Console.Out, document);
            }
            else
            {
                Write(context.Console.OutAnsi, document);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static ImmutableArray<ModelVersion> Versions(RegistryState registry, ImmutableArray<string> names)
    {
        var versions = names.Select(name => TrainInfoCommand.Resolve(registry, name).Version).ToArray();
        var twice = versions.GroupBy(version => version.Id).Where(group => group.Count() > 1).ToArray();
        return twice.Length == 0
            ? [.. versions]
            : throw new UserErrorException(new UserError(
                ExitCode.Usage, "benchmark.twice",
                $"--models names {string.Join(", ", twice.Select(group => group.Key))} more than once; name it once"));
    }

    private static void Write(IAnsiConsole console, BenchmarkDocument document)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{document.Bars} decisions from {TextFormat.Time(document.From)} to {TextFormat.Time(document.To)}, which "
                + $"every model can make; {document.Trials} trials on these bars"));
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("model");
        foreach (var column in new[] { "Sharpe", "95 %", "deflated", "return", "max dd", "trades", "seen" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var row in document.Items)
        {
            table.AddRow(
                Markup.Escape(row.Model),
                TextFormat.Number(row.SharpeRatio),
                Markup.Escape(TextFormat.Interval(row.SharpeLow, row.SharpeHigh)),
                TextFormat.Number(row.DeflatedSharpeRatio),
                TextFormat.Percent(row.TotalReturnRatio),
                TextFormat.Percent(-row.MaxDrawdownRatio),
                row.Trades.ToString(CultureInfo.InvariantCulture),
                row.Warning is null ? "no" : "yes");
        }

        console.Write(table);
        foreach (var row in document.Items.Where(row => row.Warning is not null))
        {
            console.WriteLine($"warning: {row.Model}: {row.Warning}");
        }

        foreach (var line in document.Choice)
        {
            console.WriteLine($"{line.Name}: {line.Value} ({line.Meaning})");
        }
    }
}
