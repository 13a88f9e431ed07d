using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.AbTests;

/// <summary>
/// Tests with a few looks that were planned before the start. Sources: Pocock 1977; O'Brien and Fleming 1979; Lan
/// and DeMets 1983 (spending of the error by the share of the data seen).
/// </summary>
public static class GroupSequential
{
    /// <summary>The same bound at every look.</summary>
    public static double[] Pocock(int looks, double alpha = 0.05) =>
        Solve(looks, alpha, (constant, _) => constant);

    /// <summary>Bounds C·√(K/k): very strict at first, near the usual one at the end.</summary>
    public static double[] OBrienFleming(int looks, double alpha = 0.05) =>
        Solve(looks, alpha, (constant, look) => constant * Math.Sqrt((double)looks / look));

    /// <summary>2(1 − Φ(z / √t)): the error that may be spent by the share t, in the manner of O'Brien and
    /// Fleming.</summary>
    public static double OBrienFlemingSpending(double share, double alpha = 0.05) =>
        2 * StandardNormal.Cdf(StandardNormal.Quantile(Require(alpha) / 2) / Math.Sqrt(RequireShare(share)));

    /// <summary>α ln(1 + (e − 1)t): the same in the manner of Pocock.</summary>
    public static double PocockSpending(double share, double alpha = 0.05) =>
        Require(alpha) * Math.Log(1 + (Math.E - 1) * RequireShare(share));

    /// <summary>Bisection on the constant that makes the error over all looks alpha.</summary>
    private static double[] Solve(int looks, double alpha, Func<double, int, double> bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(looks, 1);
        Require(alpha);
        var (low, high) = (0.5, 10.0);
        while (high - low > 1e-7)
        {
            var middle = (low + high) / 2;
            (low, high) = PeekingError.Of(Bounds(middle)) > alpha ? (middle, high) : (low, middle);
        }

        return Bounds((low + high) / 2);

        double[] Bounds(double constant) =>
            [.. Enumerable.Range(1, looks).Select(look => bound(constant, look))];
    }

    private static double Require(double alpha) => alpha is > 0 and < 1
        ? alpha
        : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "the level must lie strictly between 0 and 1");

    private static double RequireShare(double share) => share is > 0 and <= 1
        ? share
        : throw new ArgumentOutOfRangeException(nameof(share), share, "the share must lie in (0, 1]");
}
