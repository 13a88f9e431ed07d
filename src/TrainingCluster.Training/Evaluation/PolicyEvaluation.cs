using TrainingCluster.Features.Splits;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Jobs;

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
    /// <param name="bars">The bars.</param>
    /// <param name="split">Its validation and test windows are used.</param>
    /// <param name="positions">One a bar; only the two windows are read. −1 to 1.</param>
    /// <param name="scores">Further numbers of the model.</param>
    public static JobEvaluation Of(
        StageContext context,
        BarSeries bars,
        TimeSplit split,
        ReadOnlySpan<double> positions,
        ImmutableSortedDictionary<string, double?> scores)
    {
        var test = new IndexRange(
            split.Test.Start,
            Math.Min(split.Test.End, MarketSimulator.LastDecisionBar(bars, FillRule.NextOpen) + 1));
        return new JobEvaluation
        {
            JobId = context.Spec.Id,
            Stage = context.Spec.Stage,
            Strategy = context.Spec.Strategy,
            Agent = context.Spec.Agent,
            FirstBar = test.Start,
            TimesUtcMilliseconds = [.. bars.Times[test.Start..test.End]],
            Positions = [.. positions[test.Start..test.End]],
            NextOpen = Outcome(context, bars, positions, test, FillRule.NextOpen),
            NextClose = Outcome(context, bars, positions, test, FillRule.NextClose),
            Validation = Outcome(context, bars, positions, split.Validation, FillRule.NextOpen),
            Scores = scores,
        };
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

    private static FillOutcome Outcome(
        StageContext context,
        BarSeries bars,
        ReadOnlySpan<double> positions,
        IndexRange window,
        FillRule fill)
    {
        var result = Backtest.Run(bars, positions, window, new CostModel(context.Spec.FeeRatio), fill);
        return new FillOutcome(
            result.Returns,
            Performance.Measure(result, bars.BarsPerYear, context.Seed.For("bootstrap")));
    }
}
