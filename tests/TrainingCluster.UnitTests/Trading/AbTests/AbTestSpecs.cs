using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.AbTests;
using TrainingCluster.Trading.Statistics;
using Xunit.Abstractions;

namespace TrainingCluster.UnitTests.Trading.AbTests;

public sealed class AbTestSpecs(ITestOutputHelper output)
{
    private const int Runs = 2000;
    private const int Bars = 1000;
    private const double Alpha = .05;

    /// <summary>The level and three standard errors of a share of that many runs.</summary>
    private static readonly double Allowed = Alpha + 3 * Math.Sqrt(Alpha * (1 - Alpha) / Runs);

    [Fact]
    public void Looking_after_every_bar_keeps_the_level_and_a_fixed_horizon_test_does_not()
    {
        var (always, correlated, fixedHorizon) = (0, 0, 0);
        for (var run = 0; run < Runs; run++)
        {
            always += Rejects(new AbTest(new AbTestPlan(HorizonBars: Bars / 2)), run, persistence: 0) ? 1 : 0;
            correlated += Rejects(new AbTest(new AbTestPlan(HorizonBars: Bars / 2)), run, persistence: .2) ? 1 : 0;
            fixedHorizon += FixedHorizonRejects(run) ? 1 : 0;
        }

        output.WriteLine(
            $"false positives of {Runs}: always valid {always}, on correlated bars {correlated}, fixed {fixedHorizon}");
        Assert.True(always <= Allowed * Runs, $"{always} of {Runs}; allowed {Allowed:P1}");
        Assert.True(correlated <= Allowed * Runs, $"{correlated} of {Runs} on correlated bars");
        Assert.True(fixedHorizon > Allowed * Runs, $"{fixedHorizon} of {Runs}: the harness finds nothing");
    }

    [Fact]
    public void A_better_challenger_is_found_and_a_worse_one_is_called_inferior()
    {
        Assert.Equal(AbVerdict.Superior, Play(edge: .4).Verdict);
        Assert.Equal(AbVerdict.Inferior, Play(edge: -.4).Verdict);
        Assert.True(Play(edge: .4).PValue < .001);
    }

    [Fact]
    public void An_equal_challenger_is_not_inferior_within_a_margin_and_inconclusive_without_one()
    {
        Assert.Equal(AbVerdict.NonInferior, Play(edge: 0, margin: .3).Verdict);
        Assert.Equal(AbVerdict.Inconclusive, Play(edge: 0).Verdict);
    }

    [Fact]
    public void No_data_few_data_and_equal_data_are_never_a_success()
    {
        var test = new AbTest(new AbTestPlan());
        Assert.Equal(AbVerdict.Inconclusive, test.Result().Verdict);

        for (var bar = 0; bar < 99; bar++)
        {
            test.Observe(1 + bar % 2, -1);
        }

        Assert.Equal(AbVerdict.Inconclusive, test.Result().Verdict);
        Assert.Null(test.Result().Low);

        var same = new AbTest(new AbTestPlan());
        for (var bar = 0; bar < 500; bar++)
        {
            same.Observe(bar, bar);
        }

        Assert.Equal(AbVerdict.Inconclusive, same.Result().Verdict);
    }

    [Fact]
    public void A_value_that_is_no_number_voids_the_test_for_good()
    {
        var test = new AbTest(new AbTestPlan());
        Feed(test, new Seed(1).Stream(), edge: 1, bars: 300, persistence: 0);
        Assert.Equal(AbVerdict.Superior, test.Result().Verdict);

        test.Observe(double.NaN, 0);
        Feed(test, new Seed(2).Stream(), edge: 1, bars: 300, persistence: 0);

        Assert.Equal(AbVerdict.Inconclusive, test.Result().Verdict);
        Assert.Contains("NaN", test.Result().Voided);
    }

    [Fact]
    public void A_guardrail_ends_the_test_with_its_reason()
    {
        var test = new AbTest(new AbTestPlan());
        test.Void("drawdown of the challenger is 31 %; at most 30 % is allowed");

        Assert.Equal("drawdown of the challenger is 31 %; at most 30 % is allowed", test.Result().Voided);
    }

    [Fact]
    public void A_plan_is_known_by_its_digest_and_refused_where_it_makes_no_sense()
    {
        Assert.Equal(new AbTestPlan().Digest, new AbTestPlan().Digest);
        Assert.NotEqual(new AbTestPlan().Digest, new AbTestPlan(Margin: .01).Digest);
        var error = Assert.Throws<ArgumentException>(
            () => new AbTest(new AbTestPlan(Margin: -1, Alpha: 2, BurnInBars: 5)));
        Assert.Contains("Margin is -1", error.Message);
        Assert.Contains("Alpha is 2", error.Message);
        Assert.Contains("BurnInBars is 5", error.Message);
    }

    private static AbTestResult Play(double edge, double margin = 0)
    {
        var test = new AbTest(new AbTestPlan(Margin: margin));
        Feed(test, new Seed(11).Stream(), edge, bars: 1000, persistence: 0);
        return test.Result();
    }

    private static bool Rejects(AbTest test, int run, double persistence)
    {
        Feed(test, new Seed((ulong)run).For("ab").Stream(), edge: 0, Bars, persistence);
        return test.PValue < Alpha;
    }

    private static void Feed(AbTest test, RandomStream stream, double edge, int bars, double persistence)
    {
        var previous = 0.0;
        for (var bar = 0; bar < bars; bar++)
        {
            previous = persistence * previous + stream.NextGaussian();
            test.Observe(edge + previous, 0);
        }
    }

    /// <summary>|z| above 1.96 at any bar after the burn-in.</summary>
    private static bool FixedHorizonRejects(int run)
    {
        var stream = new Seed((ulong)run).For("ab").Stream();
        var critical = StandardNormal.Quantile(1 - Alpha / 2);
        var (sum, squares) = (0.0, 0.0);
        for (var bar = 1; bar <= Bars; bar++)
        {
            var value = stream.NextGaussian();
            sum += value;
            squares += value * value;
            var variance = (squares - sum * sum / bar) / (bar - 1);
            if (bar >= 100 && Math.Abs(sum) / bar > critical * Math.Sqrt(variance / bar))
            {
                return true;
            }
        }

        return false;
    }
}
