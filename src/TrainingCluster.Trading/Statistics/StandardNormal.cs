using MathNet.Numerics;

namespace TrainingCluster.Trading.Statistics;

/// <summary>The standard normal distribution, accurate to 1e-12 relative in the tails too.</summary>
public static class StandardNormal
{
    private const double SquareRootOfTwo = 1.4142135623730951;
    private const double SquareRootOfTwoPi = 2.5066282746310002;

    /// <summary>
    /// P(Z ≤ <paramref name="x"/>), from the complementary error function so that small tails keep digits.
    /// </summary>
    public static double Cdf(double x) => 0.5 * SpecialFunctions.Erfc(-x / SquareRootOfTwo);

    /// <summary>The x with Cdf(x) = <paramref name="probability"/>, which lies in (0, 1).</summary>
    /// <remarks>One Halley step after the library's value removes what its rational approximation
    /// leaves.</remarks>
    public static double Quantile(double probability)
    {
        if (!(probability > 0 && probability < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(probability), probability, "a probability must lie strictly between 0 and 1");
        }

        var x = -SquareRootOfTwo * SpecialFunctions.ErfcInv(2 * probability);
        var error = (Cdf(x) - probability) * SquareRootOfTwoPi * Math.Exp(x * x / 2);
        return x - error / (1 + x * error / 2);
    }
}
