namespace TrainingCluster.Training.Supervised;

/// <summary>
/// A learning rate that follows the pace of the loss: kept while an epoch lowers it by a hundredth or more,
/// multiplied by the decay where it falls more slowly, halved where it does not fall.
/// </summary>
/// <param name="Rate">For the next epoch.</param>
/// <param name="Loss">Of the epoch before; positive infinity before the first.</param>
internal sealed record AdaptiveRate(double Rate, double Loss)
{
    /// <summary>Relative fall of the loss an epoch that is fast enough.</summary>
    public const double FastPace = 0.01;

    private const double NoFall = 0.5;

    public static AdaptiveRate Start(double rate) => new(rate, double.PositiveInfinity);

    /// <param name="loss">Of the epoch that ended; one that is not finite counts as no fall.</param>
    /// <param name="decay">Above 0 and at most 1.</param>
    /// <param name="minimum">The rate does not fall below it.</param>
    public AdaptiveRate After(double loss, double decay, double minimum)
    {
        if (!double.IsFinite(loss))
        {
            return this with { Rate = Math.Max(minimum, Rate * NoFall) };
        }

        if (double.IsPositiveInfinity(Loss))
        {
            return this with { Loss = loss };
        }

        var pace = (Loss - loss) / Math.Max(Math.Abs(Loss), double.Epsilon);
        var factor = pace >= FastPace ? 1 : pace > 0 ? decay : NoFall;
        return new AdaptiveRate(Math.Max(minimum, Rate * factor), loss);
    }
}
