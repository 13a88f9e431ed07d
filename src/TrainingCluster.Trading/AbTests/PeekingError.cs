using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.AbTests;

/// <summary>
/// How often a test that is looked at several times rejects a true hypothesis. Source: Armitage, McPherson and Rowe
/// 1969, "Repeated significance tests on accumulating data": the density of the sum that has not been stopped yet is
/// carried from look to look, here by Simpson's rule.
/// </summary>
public static class PeekingError
{
    private const int Intervals = 240;

    /// <summary>P(|Z| exceeds its bound at any look) without an effect.</summary>
    /// <param name="bounds">One a look, in standard errors, above 0; the looks are equally far apart.</param>
    public static double Of(ReadOnlySpan<double> bounds)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bounds.Length);
        var stopped = 0.0;
        double[] points = [0];
        double[] masses = [1];
        for (var look = 1; look <= bounds.Length; look++)
        {
            var bound = bounds[look - 1] * Math.Sqrt(look);
            if (!(bound > 0))
            {
                throw new ArgumentException($"the bound of look {look} must be above 0", nameof(bounds));
            }

            for (var i = 0; i < points.Length; i++)
            {
                stopped += masses[i] * (StandardNormal.Cdf(-bound - points[i]) + StandardNormal.Cdf(points[i] - bound));
            }

            (points, masses) = look < bounds.Length ? Carry(points, masses, bound) : (points, masses);
        }

        return stopped;
    }

    /// <summary>The unstopped sum after one more look, as masses on a grid inside the bound.</summary>
    private static (double[] Points, double[] Masses) Carry(double[] points, double[] masses, double bound)
    {
        var step = 2 * bound / Intervals;
        var (nextPoints, nextMasses) = (new double[Intervals + 1], new double[Intervals + 1]);
        for (var k = 0; k <= Intervals; k++)
        {
            var x = -bound + k * step;
            var density = 0.0;
            for (var i = 0; i < points.Length; i++)
            {
                var distance = x - points[i];
                density += masses[i] * Math.Exp(-distance * distance / 2);
            }

            var weight = k is 0 or Intervals ? 1 : k % 2 == 1 ? 4 : 2;
            nextPoints[k] = x;
            nextMasses[k] = density / Math.Sqrt(2 * Math.PI) * weight * step / 3;
        }

        return (nextPoints, nextMasses);
    }
}
