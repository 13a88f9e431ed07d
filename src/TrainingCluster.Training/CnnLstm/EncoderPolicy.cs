using TrainingCluster.Features.Windows;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// The encoder as a trader: the strategy's direction where the probability of profit reaches a threshold,
/// else flat.
/// </summary>
internal static class EncoderPolicy
{
    /// <summary>Shares of the validation bars that a candidate threshold leaves out.</summary>
    private static readonly ImmutableArray<double> Candidates = [0, .1, .2, .3, .4, .5, .6, .7, .8, .9];

    /// <summary>Positions by bar; zero outside the given bars.</summary>
    /// <param name="data">Gives the strategy's direction.</param>
    /// <param name="bars">The bars that the probabilities belong to.</param>
    /// <param name="profit">P(profit) of each.</param>
    /// <param name="threshold">The lowest probability that trades.</param>
    public static double[] Positions(
        PreparedData data, ReadOnlySpan<int> bars, ReadOnlySpan<double> profit, double threshold)
    {
        var positions = new double[data.Bars.Count];
        for (var i = 0; i < bars.Length; i++)
        {
            positions[bars[i]] = profit[i] >= threshold ? data.Signals.Direction[bars[i]] : 0;
        }

        return positions;
    }

    /// <summary>
    /// The quantile of the validation window's probabilities whose trades had the best Sharpe ratio there,
    /// net of costs; among equals the lowest. It lies between two probabilities and not on one, so that the
    /// last bit of a probability decides nothing.
    /// </summary>
    /// <param name="profit">P(profit) of each bar of the validation window.</param>
    public static double ChooseThreshold(PreparedData data, ReadOnlySpan<double> profit, double feeRatio)
    {
        var window = data.Split.Validation;
        var bars = PreparedData.AllBars(window);
        double[] sorted = [.. profit];
        Array.Sort(sorted);
        var (best, bestSharpe) = (0.0, double.NegativeInfinity);
        foreach (var share in Candidates)
        {
            var rank = (int)(share * sorted.Length);
            var threshold = rank == 0 ? 0 : (sorted[rank - 1] + sorted[rank]) / 2;
            var sharpe = Sharpe(data, Positions(data, bars.AsSpan(), profit, threshold), window, feeRatio);
            if (sharpe > bestSharpe)
            {
                (best, bestSharpe) = (threshold, sharpe);
            }
        }

        return best;
    }

    private static double Sharpe(PreparedData data, double[] positions, IndexRange window, double feeRatio)
    {
        var result = Backtest.Run(data.Bars, positions, window, new CostModel(feeRatio));
        return SharpeStatistics.Sharpe(Moments.Of(result.Returns.AsSpan())).Value ?? double.NegativeInfinity;
    }
}
