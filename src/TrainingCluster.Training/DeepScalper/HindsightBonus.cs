using TrainingCluster.Training.Replay;

namespace TrainingCluster.Training.DeepScalper;

/// <summary>
/// w · (p_{t+h} − p_t) · position (Sun et al. 2022, arXiv:2201.09058, section 4.2), with the price difference as
/// a share of p_t in per cent, the unit of the rewards. Where t + h lies beyond the session, the window or what
/// the episode has reached, the last bar before that takes its place.
/// </summary>
/// <param name="weight">w, at least 0.</param>
/// <param name="horizon">h in bars, at least 1.</param>
/// <param name="market">The bars that may be looked at.</param>
/// <param name="positionEntry">Where an observation shows the position.</param>
internal sealed class HindsightBonus(
    double weight, int horizon, DeepScalperMarket market, int positionEntry) : IHindsightReward
{
    private const double PerCent = 100;

    public int Horizon => horizon;

    public float Bonus(int tag, int laterTag, ReadOnlySpan<float> after)
    {
        var later = Math.Min(laterTag, market.LastBar(tag));
        var move = market.Close(later) / market.Close(tag) - 1;
        return (float)(weight * PerCent * move * after[positionEntry]);
    }
}
