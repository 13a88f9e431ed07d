using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Regimes;

namespace TrainingCluster.UnitTests.Trading.Regimes;

public sealed class RegimeDetectorSpecs
{
    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void A_regime_needs_only_the_bars_up_to_its_own(string sample)
    {
        var bars = Samples.Get(sample);
        var detector = RegimeDetector.Fit(bars, new IndexRange(0, 700));
        var whole = detector.Detect(bars);

        foreach (var count in new[] { 1, 20, 21, 500, 901, bars.Count - 1 })
        {
            Assert.Equal(whole.Take(count), detector.Detect(bars.Slice(0, count)).ToArray());
        }

        foreach (var lastTrue in new[] { 50, 700, 1100 })
        {
            var corrupted = detector.Detect(HandBars.CorruptedAfter(bars, lastTrue, seed: 9));
            Assert.Equal(whole.Take(lastTrue + 1), corrupted.Take(lastTrue + 1));
            Assert.NotEqual(whole.ToArray(), corrupted.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Thresholds_come_from_the_training_window_alone(string sample)
    {
        var bars = Samples.Get(sample);

        var detector = RegimeDetector.Fit(bars, new IndexRange(100, 700));

        Assert.Equal(
            detector,
            RegimeDetector.Fit(HandBars.CorruptedAfter(bars, 699, seed: 9), new IndexRange(100, 700)));
        Assert.NotEqual(detector, RegimeDetector.Fit(bars, new IndexRange(100, 900)));
        Assert.Equal((100, 699), (detector.FitFirstBar, detector.FitLastBar));
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void All_four_regimes_occur_and_none_for_less_than_the_confirmation(string sample)
    {
        var bars = Samples.Get(sample);

        var regimes = RegimeDetector.Fit(bars, new IndexRange(0, bars.Count * 6 / 10)).Detect(bars);

        Assert.Equal(4, regimes.Distinct().Count());
        Assert.All(
            Enum.GetValues<MarketRegime>(),
            regime => Assert.InRange(regimes.Count(r => r == regime) / (double)bars.Count, 0.03, 0.7));
        Assert.All(RunLengths(regimes).SkipLast(1), length => Assert.True(length >= 3));
    }

    [Fact]
    public void The_statistics_of_a_hand_table_are_classified_by_the_stated_order()
    {
        var detector = new RegimeDetector(new RegimeOptions(), 0.4, 0.01, 0.03, 0, 10);

        Assert.Equal(MarketRegime.Volatile, detector.Classify(efficiency: 0.9, volatility: 0.04));
        Assert.Equal(MarketRegime.Trending, detector.Classify(efficiency: 0.5, volatility: 0.02));
        Assert.Equal(MarketRegime.Choppy, detector.Classify(efficiency: 0.2, volatility: 0.02));
        Assert.Equal(MarketRegime.Ranging, detector.Classify(efficiency: 0.2, volatility: 0.005));
    }

    [Fact]
    public void Efficiency_is_one_on_a_straight_way_and_low_on_a_zigzag()
    {
        double[] straight = [.. Enumerable.Range(0, 30).Select(t => Math.Exp(0.01 * t))];
        double[] zigzag = [.. Enumerable.Range(0, 30).Select(t => t % 2 == 0 ? 1.0 : Math.Exp(0.01))];

        var trend = MovementStatistics.Of(straight, 20);
        var range = MovementStatistics.Of(zigzag, 20);

        Assert.True(double.IsNaN(trend.Efficiency[19]));
        Assert.Equal(1, trend.Efficiency[20], 1e-12);
        Assert.Equal(0.01, trend.Volatility[20], 1e-12);
        Assert.Equal(0, range.Efficiency[20], 1e-12);
        Assert.Equal(0.01, range.Volatility[20], 1e-12);
        Assert.Equal(0, MovementStatistics.Of(Enumerable.Repeat(5.0, 30).ToArray(), 20).Efficiency[25]);
    }

    [Fact]
    public void A_change_counts_once_enough_bars_in_a_row_say_it()
    {
        // A zigzag, then a straight way: efficiency passes its threshold some bars after the turn.
        double[] closes =
        [
            .. Enumerable.Range(0, 60).Select(t => t % 2 == 0 ? 100.0 : 101.0),
            .. Enumerable.Range(1, 60).Select(t => 100 * Math.Exp(0.008 * t)),
        ];
        var bars = HandBars.OfCloses(closes);
        RegimeDetector With(int confirmation) => new(
            new RegimeOptions(ConfirmationBars: confirmation), 0.5, 1, 2, 0, 10);

        var quick = With(1).Detect(bars).IndexOf(MarketRegime.Trending);
        var careful = With(4).Detect(bars).IndexOf(MarketRegime.Trending);

        Assert.InRange(quick, 61, 80);
        Assert.Equal(quick + 3, careful);
    }

    [Fact]
    public void A_window_or_setting_that_cannot_be_used_is_refused()
    {
        var bars = HandBars.Synthetic(100);

        var window = Assert.Throws<ArgumentException>(() => RegimeDetector.Fit(bars, new IndexRange(0, 20)));
        var settings = Assert.Throws<ArgumentException>(
            () => RegimeDetector.Fit(bars, new IndexRange(0, 90), new RegimeOptions(1, 0, TrendingShare: 1)));

        Assert.Contains("beyond bar 20", window.Message);
        Assert.Contains("WindowBars is 1", settings.Message);
        Assert.Contains("ConfirmationBars is 0", settings.Message);
        Assert.Contains("TrendingShare is 1", settings.Message);
    }

    private static List<int> RunLengths(IReadOnlyList<MarketRegime> regimes)
    {
        var lengths = new List<int> { 0 };
        for (var t = 0; t < regimes.Count; t++)
        {
            if (t > 0 && regimes[t] != regimes[t - 1])
            {
                lengths.Add(0);
            }

            lengths[^1]++;
        }

        return lengths;
    }
}
