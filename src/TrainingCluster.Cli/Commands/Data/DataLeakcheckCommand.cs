using System.CommandLine;
using Spectre.Console;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Features.Splits;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Leakage;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>`trainctl data leakcheck FILE`: whether features, labels and decisions on these bars know the
/// future.</summary>
internal static class DataLeakcheckCommand
{
    public static Command Create(CommandContext context)
    {
        var data = new Argument<FileInfo>("DATA") { Description = "A CSV file of bars" };
        var strategies = new Option<string[]>("--strategy")
        {
            Description = "Strategies whose columns and labels are audited; all when not given",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "Where cuts, noise and shuffles start",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command(
            "leakcheck", "Look for the future in features, labels and decisions") { data, strategies, seed };
        command.SetAction(parsed =>
        {
            var bars = Bars(parsed.GetRequiredValue(data));
            var names = parsed.GetValue(strategies) is { Length: > 0 } chosen ? chosen : [.. StrategyCatalog.Names];
            LeakReport[] reports =
                [.. names.Select(name => Audit(
                    bars, StrategyCatalog.Get(name), parsed.GetValue(seed), context.Clock.GetUtcNow()))];
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.WriteList(context.Console.Out, [.. reports.SelectMany(LeakLineDocument.Of)]);
            }
            else
            {
                Write(context.Console.OutAnsi, bars, reports);
            }

            return reports.Any(report => report.IsAlarm) ? ExitCode.CheckFailed : ExitCode.Success;
        });
        return command;
    }

    private static BarSeries Bars(FileInfo file) => file.Exists
        ? CsvBarReader.Read(file.FullName)
        : throw new UserErrorException(new UserError(
            ExitCode.Usage, "data.missing", $"there is no file {file.FullName}")
        {
            Hints = ["bundled bars are in samples/: sp500-daily.csv, aapl-daily.csv"],
        });

    /// <exception cref="InsufficientDataException">The windows would be shorter than 30 bars.</exception>
    private static LeakReport Audit(BarSeries bars, IStrategyRule rule, ulong seed, DateTimeOffset now)
    {
        var pipeline = new RulePipeline(rule);
        var split = TimeSplit.Create(pipeline.WarmUpBars, bars.Count, rule.Barriers.HorizonBars, windowLength: 1);
        return LeakAudit.Run(
            pipeline, bars, new AuditOptions(split.Train, split.Test, new Seed(seed).For(rule.Name)) { Now = now });
    }

    private static void Write(IAnsiConsole console, BarSeries bars, LeakReport[] reports)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns(["gate", .. reports.Select(report => report.Pipeline)]);
        foreach (var gate in Enum.GetValues<LeakGate>())
        {
            table.AddRow([Words(gate), .. reports.Select(report => Words(report[gate].Status))]);
        }

        console.Write(table);
        foreach (var report in reports)
        {
            foreach (var finding in report.Gates.SelectMany(gate => gate.Findings))
            {
                var stamp = finding.Bar is { } bar and >= 0 && bar < bars.Count ? $" ({BarsNote.Day(bars, bar)})" : "";
                console.WriteLine($"{report.Pipeline}: {Words(finding.Severity)}: {finding.Detail}{stamp}");
            }
        }
    }

    /// <summary>PascalCase as lower-case words.</summary>
    private static string Words<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) =>
            char.IsUpper(c) ? (i > 0 ? " " : "") + char.ToLowerInvariant(c) : c.ToString()));

    private sealed record LeakLineDocument(
        string Strategy, LeakGate Gate, GateStatus Status, string? NotCheckedBecause,
        IReadOnlyList<LeakFinding> Findings)
    {
        public static IEnumerable<LeakLineDocument> Of(LeakReport report) => report.Gates.Select(gate =>
            new LeakLineDocument(report.Pipeline, gate.Gate, gate.Status, gate.Skipped, gate.Findings));
    }
}
