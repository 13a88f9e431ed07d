using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.UnitTests.Trading.Statistics;

/// <summary>Vectors of pypbo's tests and of the two papers of Bailey and López de Prado.</summary>
public sealed class SharpeStatisticsSpecs
{
    private static readonly double[] TwelveReturns =
        [.259, .198, .364, -.081, .057, .055, .188, .317, .24, .184, -.01, .526];

    [Fact]
    public void A_sharpe_ratio_divides_by_the_sample_deviation()
    {
        var moments = Moments.Of(TwelveReturns);

        Assert.Equal(0.834364, SharpeStatistics.Sharpe(TwelveReturns, 0.05), 1e-6);
        Assert.Equal(0.871465, (moments.Mean - 0.05) / moments.PopulationStandardDeviation, 1e-6);
    }

    [Theory]
    [InlineData(-2.448, 10.164, 0.913234306885)]
    [InlineData(0, 3, 0.981591236083)]
    public void Probabilistic_sharpe_meets_the_paper(double skewness, double kurtosis, double expected)
    {
        var actual = SharpeStatistics.ProbabilisticSharpe(
            1.585 / Math.Sqrt(12), 0, 24, skewness, new RawKurtosis(kurtosis));

        Assert.Equal(expected, actual, 1e-12);
    }

    [Theory]
    [InlineData(-2.448, 10.164, 0.913361083860933)]
    [InlineData(0, 3, 0.9816749190910771)]
    public void Probabilistic_sharpe_meets_the_rounded_form_of_the_same_example(
        double skewness, double kurtosis, double expected)
    {
        var actual = SharpeStatistics.ProbabilisticSharpe(0.458, 0, 24, skewness, new RawKurtosis(kurtosis));

        Assert.Equal(expected, actual, 1e-12);
    }

    [Fact]
    public void The_known_wrong_inputs_give_the_known_wrong_numbers()
    {
        var sharpe = 1.585 / Math.Sqrt(12);

        var excessTakenForRaw =
            SharpeStatistics.ProbabilisticSharpe(sharpe, 0, 24, -2.448, new RawKurtosis(7.164));
        var oneBarTooMany =
            SharpeStatistics.ProbabilisticSharpe(sharpe, 0, 25, -2.448, new RawKurtosis(10.164));
        var leanTakesExcess = SharpeStatistics.ProbabilisticSharpe(
            2 / Math.Sqrt(12), 1 / Math.Sqrt(12), 36, 0, new RawKurtosis(0));
        var right = SharpeStatistics.ProbabilisticSharpe(
            2 / Math.Sqrt(12), 1 / Math.Sqrt(12), 36, 0, new ExcessKurtosis(0).ToRaw());

        Assert.Equal(0.919841, excessTakenForRaw, 1e-6);
        Assert.Equal(0.917768, oneBarTooMany, 1e-6);
        Assert.Equal(0.9628, leanTakesExcess, 1e-4);
        Assert.Equal(0.9431, right, 1e-4);
    }

    [Theory]
    [InlineData(2, 1, 250, 0, 3, 2.731187801728)]
    [InlineData(2, 1, 52, 0, 3, 2.828833586945)]
    [InlineData(3, 2.5, 12, -0.72, 5.78, 27.352920196040)]
    public void Minimum_track_record_meets_the_paper_in_years(
        double annual, double benchmark, int barsPerYear, double skewness, double kurtosis, double years)
    {
        var root = Math.Sqrt(barsPerYear);

        var bars = SharpeStatistics.MinimumTrackRecord(
            annual / root, benchmark / root, skewness, new RawKurtosis(kurtosis));

        Assert.Equal(years, bars / barsPerYear, 1e-11);
    }

    [Theory]
    [InlineData(0.5, 2730)]
    [InlineData(1, 684)]
    [InlineData(1.5, 305)]
    [InlineData(2, 173)]
    public void Minimum_track_record_against_zero_in_whole_days(double annual, int days)
    {
        var bars = SharpeStatistics.MinimumTrackRecord(annual / Math.Sqrt(252), 0, 0, RawKurtosis.Normal);

        Assert.Equal(days, (int)Math.Round(bars));
    }

    [Fact]
    public void At_the_minimum_track_record_the_probability_is_the_confidence()
    {
        var bars = SharpeStatistics.MinimumTrackRecord(0.1, 0.02, -1, new RawKurtosis(6));
        var whole = (int)Math.Ceiling(bars);

        Assert.True(SharpeStatistics.ProbabilisticSharpe(0.1, 0.02, whole, -1, new RawKurtosis(6)) >= 0.95);
        Assert.True(
            SharpeStatistics.ProbabilisticSharpe(0.1, 0.02, whole - 1, -1, new RawKurtosis(6)) < 0.95);
    }

    [Theory]
    [InlineData(101)]
    [InlineData(2500)]
    public void Where_the_minimum_track_record_is_a_whole_number_the_probability_is_the_confidence_exactly(int bars)
    {
        // 1 + (1 + SR²/2) z²/SR² = T, solved for SR.
        var squared = Math.Pow(StandardNormal.Quantile(0.95), 2);
        var sharpe = Math.Sqrt(squared / (bars - 1 - squared / 2));

        Assert.Equal(bars, SharpeStatistics.MinimumTrackRecord(sharpe, 0, 0, RawKurtosis.Normal), 1e-8);
        Assert.Equal(
            0.95, SharpeStatistics.ProbabilisticSharpe(sharpe, 0, bars, 0, RawKurtosis.Normal), 1e-12);
    }

    [Fact]
    public void Flat_bars_are_observations()
    {
        double[] active = [.01, -.005, .02, .004];
        var moments = Moments.Of([.. active, 0, 0, 0, 0]);

        Assert.Equal(8, moments.Count);
        Assert.True(SharpeStatistics.Sharpe(moments) < SharpeStatistics.Sharpe(active));
    }

    [Fact]
    public void Probabilistic_sharpe_is_a_half_at_the_benchmark_and_moves_the_right_way()
    {
        static double Psr(double benchmark = 0, int bars = 100, double skewness = 0, double kurtosis = 4) =>
            SharpeStatistics.ProbabilisticSharpe(0.1, benchmark, bars, skewness, new RawKurtosis(kurtosis));

        Assert.Equal(0.5, Psr(benchmark: 0.1), 1e-15);
        Assert.True(Psr(bars: 200) > Psr());
        Assert.True(Psr(skewness: 0.5) > Psr());
        Assert.True(Psr(kurtosis: 8) < Psr());
        Assert.True(Psr(benchmark: 0.05) < Psr());
    }

    [Theory]
    [InlineData(2, 0.519755)]
    [InlineData(10, 1.574598)]
    [InlineData(40, 2.189480)]
    [InlineData(100, 2.530602893202)]
    [InlineData(1000, 3.255122)]
    public void The_expected_maximum_meets_the_published_values(int trials, double expected)
    {
        Assert.Equal(expected, SharpeStatistics.ExpectedMaximum(trials), trials == 100 ? 1e-12 : 5e-7);
    }

    [Theory]
    [InlineData(2, 0.56419)]
    [InlineData(10, 1.53875)]
    [InlineData(100, 2.50759)]
    [InlineData(1000, 3.24144)]
    public void The_expected_maximum_is_within_eight_percent_of_the_exact_integral(int trials, double exact)
    {
        Assert.InRange(SharpeStatistics.ExpectedMaximum(trials) / exact, 0.92, 1.08);
    }

    [Theory]
    [InlineData(100, -3, 10, 0.900396834449, 1e-12)]
    [InlineData(46, -3, 10, 0.950501706876, 1e-12)]
    [InlineData(88, 0, 3, 0.950490816676, 1e-12)]
    [InlineData(100, -3, 7, 0.901779, 1e-6)]
    public void Deflated_sharpe_meets_the_paper(
        int trials, double skewness, double kurtosis, double expected, double tolerance)
    {
        var actual = SharpeStatistics.DeflatedSharpe(new DeflatedSharpeInput(
            2.5 / Math.Sqrt(250), 1250, skewness, new RawKurtosis(kurtosis), trials, 0.5 / 250));

        Assert.Equal(expected, actual, tolerance);
    }

    [Fact]
    public void The_threshold_scales_with_the_deviation_of_the_trials()
    {
        Assert.Equal(0.113172002, SharpeStatistics.ExpectedMaximumSharpe(100, 0.5 / 250), 1e-9);
        Assert.Equal(0.11317200186513214, SharpeStatistics.ExpectedMaximumSharpe(100, 0.002), 1e-13);
    }

    [Fact]
    public void Forgetting_the_scale_of_the_trials_or_the_period_gives_the_known_wrong_numbers()
    {
        var annualised = SharpeStatistics.DeflatedSharpe(
            new DeflatedSharpeInput(2.5, 1250, -3, new RawKurtosis(10), 100, 0.5));
        var unitVariance = SharpeStatistics.DeflatedSharpe(
            new DeflatedSharpeInput(2.5 / Math.Sqrt(250), 1250, -3, new RawKurtosis(10), 100, 1.0 / 250));

        Assert.Equal(0.99999994, annualised, 1e-8);
        Assert.Equal(0.477954, unitVariance, 1e-6);
    }

    [Fact]
    public void One_trial_is_not_deflated()
    {
        var single = SharpeStatistics.DeflatedSharpe(
            new DeflatedSharpeInput(0.1, 500, 0, RawKurtosis.Normal, 1, double.NaN));

        Assert.Equal(
            SharpeStatistics.ProbabilisticSharpe(0.1, 0, 500, 0, RawKurtosis.Normal).Value, single.Value);
        Assert.Equal(0, SharpeStatistics.ExpectedMaximum(1));
    }

    [Fact]
    public void Correlated_trials_count_for_less()
    {
        Assert.Equal(50.5, SharpeStatistics.EffectiveTrials(100, 0.5));
        Assert.Equal(1, SharpeStatistics.EffectiveTrials(100, 1));
    }

    [Theory]
    [InlineData(45, 4.998, 7.61)]
    [InlineData(7, 1.92, 3.89)]
    public void Minimum_backtest_length_meets_the_notices_article(int trials, double years, double bound)
    {
        var actual = SharpeStatistics.MinimumBacktestYears(trials, 1);

        Assert.Equal(years, actual, 5e-3);
        Assert.Equal(bound, 2 * Math.Log(trials), 5e-3);
        Assert.True(actual < bound);
    }

    [Fact]
    public void What_cannot_be_known_is_undefined_with_its_reason_and_never_zero()
    {
        var flat = SharpeStatistics.Sharpe([0.01, 0.01, 0.01]);
        var single = SharpeStatistics.Sharpe([0.01]);
        var broken = SharpeStatistics.Sharpe([0.01, double.NaN, 0.02]);
        var hopeless = SharpeStatistics.MinimumTrackRecord(0.1, 0.2, 0, RawKurtosis.Normal);
        var sameTrials = SharpeStatistics.DeflatedSharpe(
            new DeflatedSharpeInput(0.1, 500, 0, RawKurtosis.Normal, 5, 0));
        var oneBar = SharpeStatistics.ProbabilisticSharpe(0.1, 0, 1, 0, RawKurtosis.Normal);

        Assert.Contains("zero variance", flat.Undefined);
        Assert.Contains("at least 2", single.Undefined);
        Assert.Contains("NaN", broken.Undefined);
        Assert.Contains("no length is enough", hopeless.Undefined);
        Assert.Contains("5 trials", sameTrials.Undefined);
        Assert.Contains("1 bars", oneBar.Undefined);
        Assert.All([flat, single, broken, hopeless, sameTrials, oneBar], e => Assert.Null(e.Value));
        Assert.True(double.IsNaN(flat));
        Assert.False(sameTrials >= 0.95);
    }
}
