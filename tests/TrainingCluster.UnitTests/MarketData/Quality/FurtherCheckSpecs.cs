using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Quality.Checks;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Quality;

public sealed class FurtherCheckSpecs
{
    [Fact]
    public void A_close_that_leaps_away_and_comes_back_is_a_spike()
    {
        var draft = Bars.Daily(300).Noisy(0.01).Build().ToDraft();
        var close = draft.Close.ToArray();
        close[120] = close[119] * 1.5;

        var finding = Found("spikes", draft with { Close = close });

        Assert.Equal([120], finding!.FirstBars.ToArray());
        Assert.Equal(QualitySeverity.Warning, finding.Severity);
    }

    [Fact]
    public void A_halved_price_looks_like_a_split_and_a_fall_by_a_fifth_does_not()
    {
        Assert.Equal([80], Found("splits", Bars.Daily(300).Noisy(0.01).WithGap(80, -50).Build())!.FirstBars.ToArray());
        Assert.Null(Found("splits", Bars.Daily(300).Noisy(0.01).WithGap(80, -20).Build()));
        Assert.Equal(
            [200], Found("splits", Bars.Daily(300).Noisy(0.01).WithGap(200, 900).Build())!.FirstBars.ToArray());
    }

    [Fact]
    public void Wicks_jumps_and_flat_bars_are_counted()
    {
        var bars = Bars.Exactly((10, 12, 9, 10), (10, 10.1, 9.9, 10), (13, 13, 13, 13), (13, 13.1, 10, 13));

        Assert.Equal([0, 3], Found("wicks", bars)!.FirstBars.ToArray());
        Assert.Equal([2], Found("jumps", bars)!.FirstBars.ToArray());
        Assert.Equal([2], Found("flat", bars)!.FirstBars.ToArray());
    }

    [Fact]
    public void Bars_that_come_too_soon_or_on_a_day_of_rest_are_found()
    {
        var draft = Bars.Every(TimeSpan.FromHours(1), 60).Noisy(0.01).Build().ToDraft();
        var times = draft.Times.ToArray();
        times[30] -= 1_800_000;
        var weekdays = Bars.Daily(100).Noisy(0.01).Build().ToDraft();
        var days = weekdays.Times.ToArray();
        days[4] += 86_400_000;

        Assert.Equal([30], Found("steps", draft with { Times = times })!.FirstBars.ToArray());
        Assert.Equal([4], Found("weekends", weekdays with { Times = days })!.FirstBars.ToArray());
    }

    [Fact]
    public void A_bar_copied_from_an_earlier_day_is_found()
    {
        var draft = Bars.Daily(50).Noisy(0.01).Build().ToDraft();
        var copy = new Func<ReadOnlyMemory<double>, double[]>(column =>
        {
            var values = column.ToArray();
            values[40] = values[10];
            return values;
        });

        var finding = Found("copies", draft with
        {
            Open = copy(draft.Open),
            High = copy(draft.High),
            Low = copy(draft.Low),
            Close = copy(draft.Close),
        });

        Assert.Equal([40], finding!.FirstBars.ToArray());
    }

    [Fact]
    public void A_bar_that_is_not_over_yet_is_found_when_the_time_is_known()
    {
        var bars = Bars.Every(TimeSpan.FromHours(1), 20).Noisy(0.01).Build();
        var lastStart = DateTimeOffset.FromUnixTimeMilliseconds(bars.Times[^1]);

        Assert.Equal([19], Found("unfinished", bars, lastStart.AddMinutes(30))!.FirstBars.ToArray());
        Assert.Null(Found("unfinished", bars, lastStart.AddMinutes(60)));
        Assert.Null(Found("unfinished", bars));
    }

    [Fact]
    public void A_check_that_cannot_be_made_has_not_passed()
    {
        var finding = BarQuality.Find(
            new Broken(), new CheckedBars(Bars.Daily(5).Build().ToDraft()), new QualityOptions());

        Assert.Equal(QualitySeverity.Critical, finding!.Severity);
        Assert.Contains("InvalidOperationException", finding.Detail);
    }

    [Fact]
    public void Symbols_that_miss_each_others_stamps_are_named()
    {
        var whole = Bars.Daily(100).Named("A").Build();
        var other = Bars.Daily(100).Named("B").Build();
        var holed = Bars.Daily(100).Named("C").WithoutStamps(50, 3).Build();

        var finding = Assert.Single(AlignmentCheck.Find([whole, other, holed]));

        Assert.Equal("C: 3 of the others' stamps are missing", finding.Detail);
        Assert.Empty(AlignmentCheck.Find([whole, other]));
    }

    private static QualityFinding? Found(string check, BarSeries bars, DateTimeOffset? now = null) =>
        Found(check, bars.ToDraft(), now);

    private static QualityFinding? Found(string check, BarDraft bars, DateTimeOffset? now = null) =>
        BarQuality.Check(bars, new QualityOptions { Now = now }).Findings
            .SingleOrDefault(finding => finding.Check == check);

    private sealed class Broken() : QualityCheck("broken", BarFault.None)
    {
        public override QualityFinding? Find(CheckedBars bars, QualityOptions options) =>
            throw new InvalidOperationException();
    }
}
