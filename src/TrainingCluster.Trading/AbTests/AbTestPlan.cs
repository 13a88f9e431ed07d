using System.Globalization;
using TrainingCluster.MarketData.Content;

namespace TrainingCluster.Trading.AbTests;

/// <summary>What is fixed before a comparison starts; a change afterwards is another test.</summary>
/// <param name="Metric">What is compared, for people and for the digest.</param>
/// <param name="Margin">δ: how much worse per bar still counts as not worse; at least 0.</param>
/// <param name="Alpha">Error over all looks together, in (0, 1).</param>
/// <param name="HorizonBars">Bars at which the interval shall be narrowest; the test may run on.</param>
/// <param name="BurnInBars">Bars before the first verdict, at least 100: the variance is estimated.</param>
/// <param name="BatchBars">Bars whose mean is one observation of the long-run variance, at least 1.</param>
public sealed record AbTestPlan(
    string Metric = "net return",
    double Margin = 0,
    double Alpha = 0.05,
    int HorizonBars = 500,
    int BurnInBars = 100,
    int BatchBars = 10)
{
    private const int ShortestBurnIn = 100;

    /// <summary>Written down at registration; a result carries it.</summary>
    public Digest Digest => Digest.Of(string.Create(
        CultureInfo.InvariantCulture,
        $"ab-test/1 {Metric}|{Margin:R}|{Alpha:R}|{HorizonBars}|{BurnInBars}|{BatchBars}"));

    /// <exception cref="ArgumentException">A value is out of range; the message lists all.</exception>
    public void Validate()
    {
        var broken = new List<string>();
        Check(Margin >= 0 && double.IsFinite(Margin), $"Margin is {Margin}; it must be at least 0 and finite");
        Check(Alpha is > 0 and < 1, $"Alpha is {Alpha}; it must lie in (0, 1)");
        Check(HorizonBars >= ShortestBurnIn, $"HorizonBars is {HorizonBars}; it must be at least {ShortestBurnIn}");
        Check(BurnInBars >= ShortestBurnIn, $"BurnInBars is {BurnInBars}; it must be at least {ShortestBurnIn}");
        Check(
            BatchBars >= 1 && BatchBars * 5 <= BurnInBars,
            $"BatchBars is {BatchBars}; it must be at least 1 and at most a fifth of BurnInBars");
        if (broken.Count > 0)
        {
            throw new ArgumentException("The test cannot be planned:\n  " + string.Join("\n  ", broken));
        }

        void Check(bool holds, FormattableString rule)
        {
            if (!holds)
            {
                broken.Add(rule.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
