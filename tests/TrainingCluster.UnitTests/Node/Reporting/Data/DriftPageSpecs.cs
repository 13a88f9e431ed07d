using TrainingCluster.Features.Drift;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Node.Reporting.Data;

namespace TrainingCluster.UnitTests.Node.Reporting.Data;

public sealed class DriftPageSpecs
{
    [Fact]
    public void Every_column_shows_its_verdict_figures_and_bins()
    {
        var page = Page(
            [("log_return", Noise(500, 0, 1)), ("a <name> that is long", Noise(500, 0, 2)), ("flag", Flags(500))],
            new()
            {
                ["log_return"] = Noise(300, 1, 3),
                ["a <name> that is long"] = Noise(300, 0, 4),
                ["flag"] = Flags(300),
            });

        SelfContained.Require(page);
        Assert.Contains("1 of 3 columns", page);
        Assert.Contains("a &lt;name&gt; that is long", page);
        Assert.Contains("Kolmogorov–Smirnov", page);
        Assert.Contains("two proportions", page);
        Assert.Equal(3, page.Split("<figure>").Length - 1);
    }

    [Fact]
    public void A_column_that_is_missing_or_too_short_is_said_so()
    {
        var page = Page(
            [("gone", Noise(500, 0, 1)), ("short", Noise(500, 0, 2))], new() { ["short"] = [1, 2, 3] });

        SelfContained.Require(page);
        Assert.Contains("Too little data", page);
        Assert.Contains("no value to draw", page);
        Assert.Contains("too few rows", page);
    }

    [Fact]
    public void The_same_comparison_gives_the_same_bytes()
    {
        string Once() => Page([("x", Noise(1200, 0, 1))], new() { ["x"] = Noise(300, .5, 2) });

        Assert.Equal(Once(), Once());
    }

    private static string Page((string, double[])[] reference, Dictionary<string, double[]> current)
    {
        var profile = ReferenceProfile.Of(reference);
        return DriftPage.Render(
            new DriftComparison("now.csv", "before.csv", profile, current, DriftDetector.Compare(profile, current)),
            "trainctl data drift", "1.0");
    }

    private static double[] Noise(int count, double mean, ulong seed)
    {
        var stream = new Seed(seed).For("page").Stream();
        return [.. Enumerable.Range(0, count).Select(_ => mean + stream.NextGaussian())];
    }

    private static double[] Flags(int count) => [.. Enumerable.Range(0, count).Select(i => i % 2.0)];
}
