using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Weights;

namespace TrainingCluster.Trading.Labels;

/// <summary>A set-up of a strategy and whether it was worth taking.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Timeframe">Of the bars that <paramref name="Bar"/> counts.</param>
/// <param name="Bar">The bar at whose close the strategy entered.</param>
/// <param name="Side">1 long, −1 short.</param>
/// <param name="Confidence">Of the strategy, in [0, 1].</param>
/// <param name="Outcome">The barrier met first; where one bar met both, the loss.</param>
/// <param name="NetReturn">Of the trade from the fill to the barrier or the last close, costs of entry and exit
/// taken off.</param>
/// <param name="LastBar">The last bar the label looks at.</param>
/// <param name="DecidedAt">Stamp of <paramref name="Bar"/>.</param>
/// <param name="FilledAt">Stamp of the bar after it: the label starts there.</param>
/// <param name="EndsAt">Stamp of <paramref name="LastBar"/>, for purging.</param>
public sealed record MetaLabel(
    string Symbol,
    TimeSpan Timeframe,
    int Bar,
    sbyte Side,
    float Confidence,
    BarrierOutcome Outcome,
    double NetReturn,
    int LastBar,
    long DecidedAt,
    long FilledAt,
    long EndsAt)
{
    /// <summary>1 where the trade paid for its costs, else 0.</summary>
    public int Worth => NetReturn > 0 ? 1 : 0;

    public LabelSpan Span => new(Symbol, FilledAt, EndsAt);
}
