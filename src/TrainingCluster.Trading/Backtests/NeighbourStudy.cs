using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Baselines;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Strategies.Catalogue;

namespace TrainingCluster.Trading.Backtests;

/// <summary>A rule with other settings on the bars of a backtest.</summary>
/// <param name="Rule">With its settings.</param>
/// <param name="Returns">Net, one a decision of the backtest it is a neighbour of.</param>
public sealed record BacktestNeighbour(IStrategyRule Rule, ImmutableArray<double> Returns)
{
    public double? SharpePerBar => SharpeStatistics.Sharpe(Returns.AsSpan()).Value;
}

/// <summary>The settings around a tested rule, walked on the same bars at the same costs.</summary>
public static class NeighbourStudy
{
    /// <param name="study">Of the rule.</param>
    /// <param name="rule">Of the catalog.</param>
    /// <param name="options">Costs and limits of the account that the study used.</param>
    /// <param name="limitRatio">Distance of its limit orders; null: none.</param>
    /// <exception cref="ArgumentException">The rule is none of the catalog.</exception>
    public static ImmutableArray<BacktestNeighbour> Of(
        BacktestStudy study, IStrategyRule rule, AccountOptions options, double? limitRatio)
    {
        ImmutableArray<double> Returns(IStrategyRule one)
        {
            if (study.Account is null)
            {
                var bars = study.Markets[0];
                return Backtest.Run(
                    bars, BareRule.Positions(bars, one), new IndexRange(0, bars.Count), options.Costs).Returns;
            }

            var account = AccountSimulator.Run(
                study.Markets, new RulePolicy(study.Markets, one, limitRatio), options);
            return [.. account.Returns(options.Costs.Capital)];
        }

        // A setting that changes no decision tries nothing.
        return
        [
            .. Neighbourhood.Of(rule).Select(one => new BacktestNeighbour(one, Returns(one)))
                .Where(one => !one.Returns.SequenceEqual(study.Track.Result.Returns)),
        ];
    }
}
