using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.Evaluation;

/// <summary>
/// Turns a model's positions into the evidence and the numbers of its job. The same for every stage.
/// </summary>
internal static class PolicyEvaluation
{
    /// <summary>
    /// Backtests the test window under both fill rules and the validation window under the honest one.
    /// </summary>
    /// <param name="context">Names the job, its costs and its seed.</param>
    /// <param name="data">The bars; the validation and test windows of their splits are used.</param>
    /// <param name="positions">One a row; only the two windows are read. −1 to 1.</param>
    /// <param name="scores">Further numbers of the model.</param>
    public static JobEvaluation Of(
        StageContext context,
        PreparedMarkets data,
        ReadOnlySpan<double> positions,
        ImmutableSortedDictionary<string, double?> scores) =>
        Of(
            context, data.Panel, data.Bars(split => split.Validation), data.Bars(split => split.Test), positions,
            scores);

    /// <param name="panel">The bars.</param>
    /// <param name="validation">By symbol, in bars of the symbol.</param>
    /// <param name="test">By symbol, in bars of the symbol.</param>
    public static JobEvaluation Of(
        StageContext context,
        BarPanel panel,
        ImmutableArray<IndexRange> validation,
        ImmutableArray<IndexRange> test,
        ReadOnlySpan<double> positions,
        ImmutableSortedDictionary<string, double?> scores)
    {
        var costs = context.Spec.Costs;
        var open = PanelBacktest.Run(panel, positions, test, costs);
        var close = PanelBacktest.Run(panel, positions, test, costs, FillRule.NextClose);
        var before = PanelBacktest.Run(panel, positions, validation, costs);
        var seed = context.Seed.For("bootstrap");
        FillOutcome Account(PanelResult result) => Outcome(result.Account, panel.BarsPerYear, seed);

        return new JobEvaluation
        {
            JobId = context.Spec.Id,
            Stage = context.Spec.Stage,
            Strategy = context.Spec.Strategy,
            Agent = context.Spec.Agent,
            FirstBar = open.Account.Window.Start,
            TimesUtcMilliseconds = open.Times,
            Positions = open.Account.Positions,
            NextOpen = Account(open),
            NextClose = Account(close),
            Validation = Account(before),
            Scores = panel.IsSingle ? scores : scores.AddRange(CashAccount(panel, open, costs)),
            Symbols = panel.IsSingle ? null : Symbols(panel, (open, close, before), seed),
        };
    }

    private static ImmutableArray<SymbolEvaluation> Symbols(
        BarPanel panel, (PanelResult Open, PanelResult Close, PanelResult Before) results, Seed seed) =>
        [.. panel.Symbols.Select((bars, k) =>
        {
            var open = results.Open.Symbols[k];
            FillOutcome Own(PanelResult result) => Outcome(
                result.Symbols[k], bars.BarsPerYear, seed.For(bars.Symbol));
            return new SymbolEvaluation(
                bars.Symbol,
                open.Window.Start,
                [.. bars.Times[open.Window.Start..open.Window.End]],
                open.Positions,
                Own(results.Open),
                Own(results.Close),
                Own(results.Before),
                [],
                []);
        })];

    /// <summary>The same decisions in one cash account whose drift is traded away, and paid for, at every
    /// decision.</summary>
    private static IEnumerable<KeyValuePair<string, double?>> CashAccount(
        BarPanel panel, PanelResult open, CostModel costs)
    {
        var account = AccountSimulator.Run(
            [.. panel.Symbols.Select((bars, k) => bars.Slice(
                open.Symbols[k].Window.Start, bars.Count - open.Symbols[k].Window.Start))],
            new TrackPolicy([.. open.Symbols.Select(result => result.Positions)]),
            new AccountOptions { Costs = costs });
        var returns = account.Returns(costs.Capital);
        return
        [
            new("account_sharpe", SharpeStatistics.Sharpe(returns).Value * Math.Sqrt(panel.BarsPerYear)),
            new("account_total_return", account.Equity.IsEmpty ? null : account.Equity[^1] / costs.Capital - 1),
            new("account_max_drawdown", Drawdown.Worst([1, .. account.Equity.Select(e => e / costs.Capital)]).Ratio),
        ];
    }

    /// <summary>
    /// The numbers that grades and leaderboards read, all on the test window with fills at the next open:
    /// sharpe, sharpe_per_bar, total_return, max_drawdown, reward_bps (a year), trades, exposure, and the
    /// scores by their names. A number that is not defined is left out.
    /// </summary>
    public static ImmutableSortedDictionary<string, double> Metrics(JobEvaluation evaluation)
    {
        var metrics = evaluation.NextOpen.Metrics;
        (string Name, double? Value)[] named =
        [
            ("sharpe", metrics.SharpeRatio),
            ("sharpe_per_bar", metrics.SharpePerBar),
            ("sharpe_low", metrics.SharpeLow),
            ("sharpe_high", metrics.SharpeHigh),
            ("total_return", metrics.TotalReturnRatio),
            ("max_drawdown", metrics.MaxDrawdownRatio),
            ("reward_bps", metrics.AnnualReturnBasisPoints),
            ("trades", metrics.Trades),
            ("win_rate", metrics.WinRate),
            ("profit_factor", metrics.ProfitFactor),
            ("exposure", metrics.Exposure),
            ("sharpe_next_close", evaluation.NextClose.Metrics.SharpeRatio),
            ("validation_sharpe", evaluation.Validation?.Metrics.SharpeRatio),
            .. evaluation.Scores.Select(score => (score.Key, score.Value)),
        ];
        return ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal,
            named.Where(one => one.Value is { } value && double.IsFinite(value))
                .Select(one => KeyValuePair.Create(one.Name, one.Value!.Value)));
    }

    private static FillOutcome Outcome(BacktestResult result, double barsPerYear, Seed seed) =>
        new(result.Returns, Performance.Measure(result, barsPerYear, seed));
}
