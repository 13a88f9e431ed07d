namespace TrainingCluster.Training.Schedules;

/// <summary>
/// Lowers a learning rate where a measure has stopped falling, as PyTorch's ReduceLROnPlateau: a value counts as
/// better only below best · (1 − threshold); after more than a patience of values that are not, the rate is
/// multiplied by a factor and the counting begins anew.
/// </summary>
public sealed class PlateauReduction(double factor, int patience, double threshold = 1e-4, double minimum = 0)
{
    private const double Negligible = 1e-8;
    private double _best = double.PositiveInfinity;
    private int _bad;

    /// <returns>The rate from now on.</returns>
    /// <param name="measure">The newest value, smaller is better.</param>
    public double Next(double measure, double rate)
    {
        if (measure < _best * (1 - threshold))
        {
            (_best, _bad) = (measure, 0);
            return rate;
        }

        if (++_bad <= patience)
        {
            return rate;
        }

        _bad = 0;
        var lower = Math.Max(rate * factor, minimum);
        return rate - lower > Negligible ? lower : rate;
    }
}
