namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// Whether two models' Sharpe ratios on the same bars differ. Sources: Jobson and Korkie 1981 with the correction of
/// Memmel 2003; Ledoit and Wolf 2008, "Robust performance hypothesis testing with the Sharpe ratio". Choices: the
/// second method uses population moments and the delta method; dependence over time enters by the stationary
/// bootstrap's variance of the prewhitened influence values.
/// </summary>
/// <param name="Difference">First less second, per bar.</param>
/// <param name="StandardError">Of the difference.</param>
/// <param name="Z">Difference / standard error.</param>
/// <param name="PValue">Two-sided, by the normal distribution.</param>
public sealed record SharpeDifference(double Difference, double StandardError, double Z, double PValue)
{
    /// <summary>
    /// For independent normal returns: SE = √{[2 − 2ρ + ½(SR₁² + SR₂² − 2 SR₁ SR₂ ρ²)] / T}.
    /// </summary>
    /// <param name="first">Sharpe per bar.</param>
    /// <param name="second">Sharpe per bar.</param>
    /// <param name="correlation">ρ of the two models' returns, below 1.</param>
    /// <param name="bars">T, at least 1.</param>
    public static SharpeDifference Memmel(double first, double second, double correlation, int bars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bars, 1);
        if (!(Math.Abs(correlation) < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(correlation), correlation, "the correlation must lie strictly between -1 and 1");
        }

        var squares = first * first + second * second - 2 * first * second * correlation * correlation;
        return Of(first - second, Math.Sqrt((2 - 2 * correlation + squares / 2) / bars));
    }

    /// <summary>For any returns with four moments, correlated over time or not.</summary>
    /// <param name="first">One model's net returns.</param>
    /// <param name="second">The other's on the same bars.</param>
    /// <param name="meanBlockLength">1 treats bars as independent; null chooses the length from the
    /// data.</param>
    /// <returns>Null where a series has no variance, or both are the same.</returns>
    /// <exception cref="ArgumentException">The series differ in length.</exception>
    public static SharpeDifference? LedoitWolf(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, double? meanBlockLength = null)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException(
                $"a pair needs the same bars: there are {first.Length} and {second.Length}", nameof(second));
        }

        var (one, two) = (Moments.Of(first), Moments.Of(second));
        if (!one.HasVariance || !two.HasVariance)
        {
            return null;
        }

        var influence = new double[first.Length];
        for (var t = 0; t < influence.Length; t++)
        {
            influence[t] = Influence(first[t], one) - Influence(second[t], two);
        }

        var error = SharpeInterval.PrewhitenedError(
            influence, meanBlockLength ?? BlockLength.Optimal(influence).Stationary);
        var difference = one.Mean / one.PopulationStandardDeviation - two.Mean / two.PopulationStandardDeviation;
        return error > 0 ? Of(difference, error) : null;
    }

    /// <summary>∇·(r − μ, r² − γ) with ∇ = (γ/σ³, −½ μ/σ³): what one bar adds to a Sharpe ratio.</summary>
    private static double Influence(double value, in Moments moments)
    {
        var deviation = moments.PopulationStandardDeviation;
        var second = deviation * deviation + moments.Mean * moments.Mean;
        var cube = deviation * deviation * deviation;
        return second / cube * (value - moments.Mean) - moments.Mean / cube / 2 * (value * value - second);
    }

    private static SharpeDifference Of(double difference, double error)
    {
        var z = difference / error;
        return new SharpeDifference(difference, error, z, 2 * StandardNormal.Cdf(-Math.Abs(z)));
    }
}
