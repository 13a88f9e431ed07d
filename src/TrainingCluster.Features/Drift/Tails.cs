namespace TrainingCluster.Features.Drift;

/// <summary>Upper tail probabilities of the statistics used.</summary>
internal static class Tails
{
    /// <summary>
    /// P(D ≥ d) for two samples of continuous data: the share of lattice paths from (0, 0) to (n, m) that leave the
    /// band (Hodges 1957, "The significance probability of the Smirnov two-sample test").
    /// </summary>
    public static double KolmogorovSmirnovExact(double d, int n, int m)
    {
        var inside = new double[m + 1];
        // In steps of 1 / nm both sides are whole numbers: a path stays where |i m − j n| is at most this.
        var most = (long)Math.Ceiling((d - 1e-12) * n * m) - 1;
        if (most < 0)
        {
            return 1;
        }

        inside[0] = 1;
        for (var i = 0; i <= n; i++)
        {
            var first = (int)Math.Max(0, Ceiling(i * (long)m - most, n));
            var last = (int)Math.Min(m, (i * (long)m + most) / n);
            if (first > 0)
            {
                inside[first - 1] = 0;
            }

            for (var j = Math.Max(first, i == 0 ? 1 : 0); j <= last; j++)
            {
                var above = i == 0 ? 0 : inside[j] * i;
                var left = j == 0 ? 0 : inside[j - 1] * j;
                inside[j] = (above + left) / (i + j);
            }
        }

        return Math.Clamp(1 - inside[m], 0, 1);
    }

    /// <summary>The least whole number not below a / b, for b above 0.</summary>
    private static long Ceiling(long a, int b) => a <= 0 ? -(-a / b) : (a + b - 1) / b;

    /// <summary>Kolmogorov's limit with the correction of Stephens 1970 for sizes that need not be whole.</summary>
    public static double KolmogorovSmirnov(double d, double n, double m)
    {
        var root = Math.Sqrt(n * m / (n + m));
        var x = (root + 0.12 + 0.11 / root) * d;
        if (x < 0.2)
        {
            return 1;
        }

        var sum = 0.0;
        for (var k = 1; k <= 100; k++)
        {
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * x * x);
        }

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>P(χ² ≥ x): the regularised upper incomplete gamma function Q(k/2, x/2).</summary>
    public static double ChiSquare(double x, double degrees)
    {
        var (a, half) = (degrees / 2, x / 2);
        if (half <= 0)
        {
            return 1;
        }

        var front = Math.Exp(-half + a * Math.Log(half) - LogGamma(a));
        return half < a + 1 ? 1 - front * Series(a, half) : front * Fraction(a, half);
    }

    /// <summary>P(|Z| ≥ z).</summary>
    public static double TwoSidedNormal(double z) => ChiSquare(z * z, 1);

    private static double Series(double a, double x)
    {
        var term = 1 / a;
        var sum = term;
        for (var n = 1; n < 1000 && term > sum * 1e-16; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    /// <summary>Lentz's continued fraction.</summary>
    private static double Fraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = 1e300;
        var d = 1 / b;
        var h = d;
        for (var i = 1; i < 1000; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = 1 / NotZero(an * d + b);
            c = NotZero(b + an / c);
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15)
            {
                break;
            }
        }

        return h;
    }

    private static double NotZero(double value) => Math.Abs(value) < 1e-300 ? 1e-300 : value;

    /// <summary>Stirling's series after shifting the argument above 10.</summary>
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 10; x++)
        {
            shift -= Math.Log(x);
        }

        var inverse = 1 / (x * x);
        var series = (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / x;
        return shift + (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series;
    }
}
