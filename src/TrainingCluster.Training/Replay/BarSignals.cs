using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Regimes;

namespace TrainingCluster.Training.Replay;

/// <summary>What makes some bars of a market worth more replay than others.</summary>
/// <param name="Rarity">[bar], 0 to 1: 0 for a usual bar, 1 for the largest move of all.</param>
/// <param name="RegimeChange">[bar], 1 where the market regime has changed within the bar, else 0.</param>
public sealed record BarSignals(ImmutableArray<float> Rarity, ImmutableArray<float> RegimeChange)
{
    /// <summary>
    /// Rarity is how far the rank of a bar's absolute log return lies above the 95th percentile, in shares
    /// of the rest. For learning only: ranks look at all bars given, so give none that the learner must not
    /// know.
    /// </summary>
    public static BarSignals Of(BarSeries bars, ImmutableArray<MarketRegime> regimes)
    {
        const double usual = 0.95;
        if (regimes.Length != bars.Count)
        {
            throw new ArgumentException(
                $"{bars.Count} bars have {regimes.Length} regimes; there must be one a bar", nameof(regimes));
        }

        var moves = new double[bars.Count];
        for (var bar = 1; bar < moves.Length; bar++)
        {
            moves[bar] = Math.Abs(Math.Log(bars.Close[bar] / bars.Close[bar - 1]));
        }

        var order = Enumerable.Range(0, moves.Length).OrderBy(bar => moves[bar]).ThenBy(bar => bar).ToArray();
        var (rarity, change) = (new float[moves.Length], new float[moves.Length]);
        for (var rank = 0; rank < order.Length; rank++)
        {
            var share = order.Length == 1 ? 0 : (double)rank / (order.Length - 1);
            rarity[order[rank]] = (float)Math.Max(0, (share - usual) / (1 - usual));
        }

        for (var bar = 1; bar < moves.Length; bar++)
        {
            change[bar] = regimes[bar] == regimes[bar - 1] ? 0 : 1;
        }

        return new BarSignals([.. rarity], [.. change]);
    }
}
