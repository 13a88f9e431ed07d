using System.CommandLine;
using Spectre.Console;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Features.Splits;
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
        var data = new Argument<string[]>("DATA")
        {
            Description = "Bars as the train commands read them: files of any dialect, folders, store:SYMBOL",
            Arity = ArgumentArity.OneOrMore,
        };
        var accept = new Option<bool>("--accept-quality")
        {
            Description = "Look at bars that do not pass the quality gate",
        };
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
            "leakcheck", "Look for the future in features, labels and decisions") { data, strategies, seed, accept };
        command.SetAction(parsed =>
        {
            var source = new TrainingDataSource(
                new DataRequest(
                    [.. parsed.GetRequiredValue(data)], parsed.GetRequiredValue(CommonOptions.State).FullName,
                    parsed.GetValue(accept), null, null, "looked at"),
                context.Clock);
            var names = parsed.GetValue(strategies) is { Length: > 0 } chosen ? chosen : [.. StrategyCatalog.Names];
            (BarSeries Bars, LeakReport[] Reports)[] audits =
            [
                .. source.Read().Panel.Symbols.Select(bars => (bars, names.Select(name => Audit(
                    bars, StrategyCatalog.Get(name), parsed.GetValue(seed), context.Clock.GetUtcNow())).ToArray())),
            ];
            if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            {
                JsonOutput.WriteList(context.Console.Out, [.. audits.SelectMany(audit =>
                    audit.Reports.SelectMany(report => LeakLineDocument.Of(audit.Bars.Symbol, report)))]);
            }
            else
            {
                Array.ForEach(audits, audit => Write(context.Console.OutAnsi, audit.Bars, audit.Reports));
            }

            return audits.Any(audit => audit.Reports.Any(report => report.IsAlarm))
                ? ExitCode.CheckFailed
                : ExitCode.Success;
        });
        return command;
    }

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
        table.AddColumns([bars.Symbol, .. reports.Select(report => report.Pipeline)]);
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
        string Symbol, string Strategy, LeakGate Gate, GateStatus Status, string? NotCheckedBecause,
        IReadOnlyList<LeakFinding> Findings)
    {
        public static IEnumerable<LeakLineDocument> Of(string symbol, LeakReport report) => report.Gates.Select(gate =>
            new LeakLineDocument(symbol, report.Pipeline, gate.Gate, gate.Status, gate.Skipped, gate.Findings));
    }
}
