using TrainingCluster.Features.Windows;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// The encoder as a trader: the strategy's direction where the probability of profit reaches a threshold,
/// else flat. One of meta-labels decides at the strategy's entries alone and holds its signal to the end where it
/// took one.
/// </summary>
internal static class EncoderPolicy
{
    /// <summary>Shares of the validation bars that a candidate threshold leaves out.</summary>
    private static readonly ImmutableArray<double> Candidates = [0, .1, .2, .3, .4, .5, .6, .7, .8, .9];

    /// <summary>Positions by row; zero outside the given rows.</summary>
    /// <param name="data">Gives the strategy's direction.</param>
    /// <param name="rows">The rows that the probabilities belong to.</param>
    /// <param name="profit">P(profit) of each.</param>
    /// <param name="threshold">The lowest probability that trades.</param>
    /// <param name="atSetUps">Decide at set-ups alone; one that began before the rows is not held.</param>
    public static double[] Positions(
        PreparedMarkets data, ReadOnlySpan<int> rows, ReadOnlySpan<double> profit, double threshold,
        bool atSetUps = false)
    {
        var positions = new double[data.Panel.Count];
        if (atSetUps)
        {
            Hold(data, rows, profit, threshold, positions);
            return positions;
        }

        for (var i = 0; i < rows.Length; i++)
        {
            positions[rows[i]] = profit[i] >= threshold ? data.Direction[rows[i]] : 0;
        }

        return positions;
    }

    /// <summary>
    /// The quantile of the validation window's probabilities whose trades had the best Sharpe ratio there,
    /// net of costs; among equals the lowest. It lies between two probabilities and not on one, so that the
    /// last bit of a probability decides nothing.
    /// </summary>
    /// <param name="profit">P(profit) of each bar of the validation window.</param>
    /// <param name="atSetUps">Decide at set-ups alone: only their probabilities are candidates.</param>
    public static double ChooseThreshold(
        PreparedMarkets data, ReadOnlySpan<double> profit, CostModel costs, bool atSetUps = false)
    {
        var window = data.Bars(split => split.Validation);
        double[] sorted = [.. profit];
        if (atSetUps)
        {
            sorted = [.. sorted.Where((_, i) => Enters(data, data.Validation[i]))];
        }

        Array.Sort(sorted);
        var (best, bestSharpe) = (0.0, double.NegativeInfinity);
        foreach (var share in Candidates)
        {
            var rank = (int)(share * sorted.Length);
            var threshold = rank == 0 ? 0 : (sorted[rank - 1] + sorted[rank]) / 2;
            var positions = Positions(data, data.Validation.AsSpan(), profit, threshold, atSetUps);
            var sharpe = Sharpe(data, positions, window, costs);
            if (sharpe > bestSharpe)
            {
                (best, bestSharpe) = (threshold, sharpe);
            }
        }

        return best;
    }

    private static void Hold(
        PreparedMarkets data, ReadOnlySpan<int> rows, ReadOnlySpan<double> profit, double threshold, double[] positions)
    {
        var taken = false;
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, signal) = (rows[i], Signal(data, rows[i]));
            taken = signal != 0 && (Enters(data, row)
                ? profit[i] >= threshold
                : taken && i > 0 && rows[i - 1] == row - 1);
            positions[row] = taken ? signal : 0;
        }
    }

    private static bool Enters(PreparedMarkets data, int row)
    {
        var signal = Signal(data, row);
        return signal != 0 && (data.Panel.Starts.Contains(row) || Signal(data, row - 1) != signal);
    }

    private static sbyte Signal(PreparedMarkets data, int row)
    {
        var symbol = data.Panel.SymbolOf(row);
        return data.Markets[symbol].Signals.Signal[row - data.Panel.Starts[symbol]];
    }

    private static double Sharpe(
        PreparedMarkets data, double[] positions, ImmutableArray<IndexRange> window, CostModel costs)
    {
        var result = PanelBacktest.Run(data.Panel, positions, window, costs);
        return SharpeStatistics.Sharpe(Moments.Of(result.Account.Returns.AsSpan())).Value ?? double.NegativeInfinity;
    }
}
