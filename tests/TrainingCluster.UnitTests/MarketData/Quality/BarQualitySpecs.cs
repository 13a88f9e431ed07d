using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Quality;

public sealed class BarQualitySpecs
{
    [Fact]
    public void Clean_bars_score_one_and_nothing_is_found()
    {
        var report = BarQuality.Check(Bars.Daily(500).Noisy(0.01).Build());

        Assert.Equal(1, report.Score);
        Assert.Empty(report.Findings);
        Assert.Equal(500, report.Bars);
    }

    [Fact]
    public void Missing_weeks_of_daily_bars_are_a_gap()
    {
        var report = BarQuality.Check(Bars.Daily(500).Noisy(0.01).WithoutStamps(at: 100, count: 10).Build());

        var finding = Assert.Single(report.Findings);
        Assert.Equal("gaps", finding.Check);
        Assert.Equal(QualitySeverity.Warning, finding.Severity);
        Assert.Equal(10, finding.Count);
        Assert.Equal([100], finding.FirstBars.ToArray());
        Assert.Equal(490.0 / 500, report.Score, 12);
    }

    [Fact]
    public void A_missing_minute_is_a_gap_but_a_night_is_not()
    {
        var minutes = Bars.Every(TimeSpan.FromMinutes(1), 3 * 1440).Noisy(0.001);

        var night = BarQuality.Check(minutes.WithoutStamps(at: 390, count: 1050).Build());
        var hole = BarQuality.Check(minutes.WithoutStamps(at: 390, count: 3).Build());

        Assert.Empty(night.Findings);
        Assert.Equal(3, Assert.Single(hole.Findings).Count);
    }

    [Fact]
    public void A_market_that_trades_on_weekends_may_skip_nothing()
    {
        var report = BarQuality.Check(
            Bars.Every(TimeSpan.FromHours(1), 1000).Noisy(0.001).WithoutStamps(at: 500, count: 12).Build());

        Assert.Equal(12, Assert.Single(report.Findings, finding => finding.Check == "gaps").Count);
    }

    [Fact]
    public void A_jump_is_an_outlier_and_named_with_its_size()
    {
        var report = BarQuality.Check(Bars.Daily(500).Noisy(0.01).WithGap(at: 250, percent: 30).Build());

        var finding = Assert.Single(report.Findings, finding => finding.Check == "outliers");
        Assert.Equal([250], finding.FirstBars.ToArray());
        Assert.Contains("beyond 8 robust deviations", finding.Detail);
        Assert.Equal(499.0 / 500, report.Score, 12);
    }

    [Fact]
    public void Bars_outside_their_own_range_are_inconsistent()
    {
        var report = BarQuality.Check(Bars.Exactly((10, 11, 9, 10), (10, 10.5, 9, 11), (10, 11, 10.5, 11)));

        var finding = Assert.Single(report.Findings);
        Assert.Equal("consistency", finding.Check);
        Assert.Equal(2, finding.Count);
        Assert.Equal([1, 2], finding.FirstBars.ToArray());
    }

    [Fact]
    public void A_source_that_stands_still_is_stale_and_lacks_volume()
    {
        var flat = Enumerable.Repeat((5.0, 5.0, 5.0, 5.0), 30).ToArray();

        var report = BarQuality.Check(Bars.Exactly(flat));
        var silent = BarQuality.Check(Bars.Daily(100).Noisy(0.01).WithVolume(0).Build());

        Assert.Equal(29, Assert.Single(report.Findings, finding => finding.Check == "stale").Count);
        Assert.Equal(30, Assert.Single(report.Findings, finding => finding.Check == "flat").Count);
        Assert.Equal(1.0 / 30, report.Score, 12);
        Assert.Equal(
            "no bar has a volume; the volume features say nothing", Assert.Single(silent.Findings).Detail);
        Assert.Equal(1, silent.Score);
    }

    [Fact]
    public void Bars_that_are_no_series_yet_can_be_looked_at()
    {
        var good = Bars.Closing(10, 11, 12, 13, 14).Build().ToDraft();
        var draft = good with
        {
            Times = new long[] { 0, 86_400_000, 86_400_000, 43_200_000, 172_800_000 },
            Close = new double[] { 10, double.NaN, 12, 0, 14 },
        };

        var report = BarQuality.Check(draft, new QualityOptions());

        Assert.True(report.HasCritical);
        Assert.Equal(
            ["order", "duplicates", "prices"],
            report.Findings.Where(f => f.Severity == QualitySeverity.Critical).Select(f => f.Check));
        Assert.Throws<BarDataException>(() => BarSeries.Create(draft));
    }

    [Fact]
    public void The_samples_are_good_enough_to_train_on()
    {
        Assert.InRange(BarQuality.Check(Samples.Sp500).Score, 0.99, 1);
        Assert.Equal(1, BarQuality.Check(Samples.Aapl).Score);
        var gaps = BarQuality.Check(Samples.Sp500).Findings.Single(finding => finding.Check == "gaps");
        Assert.Equal([426], gaps.FirstBars.ToArray());
    }
}
