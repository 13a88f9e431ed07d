using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Cli.Documents;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Node.Reporting.Backtests;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Verdicts;

namespace TrainingCluster.Cli.Commands.Backtests;

/// <summary>`trainctl backtest`: a strategy on bars, or a model on its own.</summary>
internal static class BacktestCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new BacktestOptions();
        var command = new Command("backtest", "Test a strategy on bars, or a model on the bars it never saw");
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var json = parsed.GetValue(CommonOptions.Output) == OutputFormat.Json;
            if (parsed.GetValue(options.List))
            {
                WriteStrategies(context.Console, json);
                return ExitCode.Success;
            }

            var (study, trial, data, neighbours) = new BacktestSubject(context, parsed, options).Study();
            var state = parsed.GetRequiredValue(CommonOptions.State).FullName;
            var (trials, warning) = trial is null
                ? (TrialCounter.On(state, data), null)
                : TrialCounter.Count(state, [trial, .. neighbours]);
            if (warning is not null)
            {
                context.Console.Error.WriteLine($"warning: {warning}");
            }

            var seed = new Seed((ulong)parsed.GetValue(options.Seed)).For("evidence");
            var evidence = StudyEvidence.Of(study, trials, seed);
            var report = parsed.GetValue(options.Report);
            PageFile.Write(context, report, () => BacktestPage.Render(
                study, evidence, CommandText.Of(context.Arguments), ProductVersion.Text));
            if (json)
            {
                JsonOutput.Write(context.Console.Out, BacktestDocument.Of(study, evidence, report?.FullName));
            }
            else
            {
                Write(context.Console.OutAnsi, study);
                EvidenceTables.Write(context.Console.OutAnsi, evidence.Track, evidence.Field);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, BacktestStudy study)
    {
        console.WriteLine(study.Subject);
        if (study.Warning is { } warning)
        {
            console.WriteLine($"warning: {warning}");
        }

        foreach (var bars in study.Markets)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bars.Symbol}: {bars.Count} bars from "
                + $"{BarsNote.Day(bars, 0)} to {BarsNote.Day(bars, bars.Count - 1)}"));
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("");
        foreach (var column in new[] { "Sharpe", "95 %", "return", "max dd", "trades", "win rate", "profit factor",
            "exposure", "turnover" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        Row(table, "strategy", study.Track.Metrics, study.Track.Result.Turnover);
        Row(table, "buy and hold", study.BuyAndHold.Metrics, study.BuyAndHold.Result.Turnover);
        foreach (var at in study.Sensitivity.Where(at => at.Factor != 1))
        {
            Row(table, string.Create(CultureInfo.InvariantCulture, $"at {at.Factor:0.#}× costs"), at.Metrics, null);
        }

        console.Write(table);
        if (study.Account is { } account)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"account: {account.Equity.LastOrDefault():N2} at the end; fees {account.Fees:N2}, spread and slippage "
                + $"{account.Friction:N2}, borrowing {account.Borrowing:N2}; {account.Events.Length} events"));
        }

        if (study.Track.Metrics.Undefined is { } reason)
        {
            console.WriteLine($"no Sharpe ratio or interval: {reason}");
        }
    }

    private static void Row(Table table, string name, PerformanceMetrics metrics, double? turnover) => table.AddRow(
        name,
        TextFormat.Number(metrics.SharpeRatio),
        Markup.Escape(TextFormat.Interval(metrics.SharpeLow, metrics.SharpeHigh)),
        TextFormat.Percent(metrics.TotalReturnRatio),
        TextFormat.Percent(-metrics.MaxDrawdownRatio),
        metrics.Trades.ToString(CultureInfo.InvariantCulture),
        TextFormat.Percent(metrics.WinRate),
        metrics.ProfitFactorIsInfinite ? "∞" : TextFormat.Number(metrics.ProfitFactor),
        TextFormat.Percent(metrics.Exposure),
        TextFormat.Number(turnover, "0.0"));

    private static void WriteStrategies(CliConsole console, bool json)
    {
        if (json)
        {
            JsonOutput.WriteList(console.Out, [.. StrategyCatalog.Entries.Select(entry => new
            {
                entry.Name, entry.Meaning, entry.Parameters,
            })]);
            return;
        }

        foreach (var entry in StrategyCatalog.Entries)
        {
            console.Out.WriteLine($"{entry.Name}: {entry.Meaning}");
            foreach (var parameter in entry.Parameters)
            {
                console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {parameter.Name,-10} {parameter.Default,-6} {parameter.Meaning}; {parameter.Rule}"));
            }
        }
    }
}
