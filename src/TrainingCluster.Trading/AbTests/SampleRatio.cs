using MathNet.Numerics;

namespace TrainingCluster.Trading.AbTests;

/// <summary>
/// Whether random routing split the observations as it was told to; where it did not, no result of the test means
/// anything.
/// </summary>
/// <param name="ChiSquare">Pearson's statistic.</param>
/// <param name="PValue">By the chi-square distribution with one degree of freedom less than there are arms.</param>
public readonly record struct SampleRatio(double ChiSquare, double PValue)
{
    /// <summary>Stricter than a test's own level: a mismatch is a fault, not a finding.</summary>
    private const double AlarmLevel = 0.001;

    public bool IsMismatch => PValue < AlarmLevel;

    /// <param name="counts">Observations of each arm.</param>
    /// <param name="shares">What each was to get; scaled to a sum of 1.</param>
    public static SampleRatio Check(ReadOnlySpan<long> counts, ReadOnlySpan<double> shares)
    {
        if (counts.Length < 2 || counts.Length != shares.Length)
        {
            throw new ArgumentException($"{counts.Length} counts need as many shares, at least 2", nameof(shares));
        }

        var (observed, whole) = (0.0, 0.0);
        for (var i = 0; i < counts.Length; i++)
        {
            observed += counts[i];
            whole += shares[i] > 0 ? shares[i] : throw new ArgumentException("a share must be above 0", nameof(shares));
        }

        var statistic = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            var expected = observed * shares[i] / whole;
            statistic += expected > 0 ? (counts[i] - expected) * (counts[i] - expected) / expected : 0;
        }

        return new SampleRatio(
            statistic, SpecialFunctions.GammaUpperRegularized((counts.Length - 1) / 2.0, statistic / 2));
    }
}
