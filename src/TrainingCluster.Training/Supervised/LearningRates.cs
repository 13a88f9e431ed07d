namespace TrainingCluster.Training.Supervised;

/// <summary>Learning rates that depend on time alone; every function gives torch's numbers.</summary>
internal static class LearningRates
{
    private const double OneCycleStart = 25;
    private const double OneCycleEnd = 1e4;
    private const double OneCycleRise = 0.3;

    /// <summary>
    /// Cosine annealing with warm restarts: Loshchilov, Hutter 2017, arXiv:1608.03983, equation 5 with the
    /// periods T_i = first · multipleⁱ.
    /// </summary>
    /// <param name="highest">At each restart.</param>
    /// <param name="lowest">What a period falls towards.</param>
    /// <param name="first">Epochs of the first period, at least 1.</param>
    /// <param name="multiple">How much longer each period is than the one before, at least 1.</param>
    /// <param name="epoch">Counted from 0.</param>
    public static double WarmRestarts(double highest, double lowest, int first, int multiple, int epoch)
    {
        long period = first;
        long since = epoch;
        while (since >= period)
        {
            since -= period;
            period *= multiple;
        }

        return lowest + 0.5 * (highest - lowest) * (1 + Math.Cos(Math.PI * since / period));
    }

    /// <summary>
    /// One cycle: Smith, Topin 2018, arXiv:1708.07120, in fast.ai's two phases along a cosine: up from a
    /// twenty-fifth of the highest in three tenths of the steps, then down to 1/250,000 of it.
    /// </summary>
    /// <param name="step">Counted from 0, below <paramref name="steps"/>.</param>
    public static double OneCycle(double highest, long steps, long step)
    {
        var start = highest / OneCycleStart;
        var peak = OneCycleRise * steps - 1;
        return step <= peak
            ? Between(start, highest, step / peak)
            : Between(highest, start / OneCycleEnd, (step - peak) / (steps - 1 - peak));
    }

    private static double Between(double from, double to, double share) =>
        to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share));
}

/// <summary>
/// A rate that is cut where the loss has not fallen for a while, as torch.optim's ReduceLROnPlateau with a
/// relative threshold.
/// </summary>
/// <param name="Rate">For the next epoch.</param>
/// <param name="Best">Lowest loss so far; positive infinity before the first.</param>
/// <param name="Waited">Epochs without a fall.</param>
internal sealed record PlateauRate(double Rate, double Best, int Waited)
{
    private const double Threshold = 1e-4;

    /// <summary>A cut that small changes nothing and is not made.</summary>
    private const double SmallestCut = 1e-8;

    public static PlateauRate Start(double rate) => new(rate, double.PositiveInfinity, 0);

    /// <param name="loss">Of the epoch that ended; one that is not finite counts as no fall.</param>
    /// <param name="factor">Above 0 and below 1.</param>
    /// <param name="patience">Epochs without a fall that are borne.</param>
    /// <param name="minimum">The rate does not fall below it.</param>
    public PlateauRate After(double loss, double factor, int patience, double minimum)
    {
        if (loss < Best * (1 - Threshold))
        {
            return new PlateauRate(Rate, loss, 0);
        }

        if (Waited + 1 <= patience)
        {
            return this with { Waited = Waited + 1 };
        }

        var cut = Math.Max(minimum, Rate * factor);
        return new PlateauRate(Rate - cut > SmallestCut ? cut : Rate, Best, 0);
    }
}
