using TrainingCluster.MarketData.Calendars;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.Testing.Files;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Calendars;

public sealed class TradingCalendarSpecs
{
    [Theory]
    [InlineData("2024-01-01")]
    [InlineData("2024-01-15")]
    [InlineData("2024-02-19")]
    [InlineData("2024-03-29")]
    [InlineData("2024-05-27")]
    [InlineData("2024-06-19")]
    [InlineData("2021-07-05")]
    [InlineData("2026-07-03")]
    [InlineData("2024-09-02")]
    [InlineData("2024-11-28")]
    [InlineData("2022-12-26")]
    [InlineData("2012-10-29")]
    [InlineData("2025-01-09")]
    public void The_exchange_rests(string day)
    {
        Assert.Null(TradingCalendar.UsEquities.SessionOf(DateOnly.Parse(day)));
    }

    [Theory]
    [InlineData("2021-12-31", "16:00")]
    [InlineData("2024-07-03", "13:00")]
    [InlineData("2024-11-29", "13:00")]
    [InlineData("2024-12-24", "13:00")]
    [InlineData("2021-06-18", "16:00")]
    [InlineData("2020-07-02", "16:00")]
    public void The_exchange_closes(string day, string close)
    {
        var session = TradingCalendar.UsEquities.SessionOf(DateOnly.Parse(day))!;

        var local = TimeZoneInfo.ConvertTime(session.Close, TradingCalendar.UsEquities.Zone);
        Assert.Equal(close, local.ToString("HH:mm"));
        Assert.Equal(close == "13:00", session.IsShort);
    }

    [Theory]
    [InlineData("2016-03-11", "14:30")]
    [InlineData("2016-03-14", "13:30")]
    public void The_opening_moves_with_the_clocks_of_new_york(string day, string open)
    {
        Assert.Equal(open, TradingCalendar.UsEquities.SessionOf(DateOnly.Parse(day))!.Open.ToString("HH:mm"));
    }

    [Theory]
    [InlineData("2024-06-07T20:59:00Z", true)]
    [InlineData("2024-06-07T21:00:00Z", false)]
    [InlineData("2024-06-09T20:59:00Z", false)]
    [InlineData("2024-06-09T21:00:00Z", true)]
    [InlineData("2024-01-07T21:59:00Z", false)]
    [InlineData("2024-12-25T12:00:00Z", false)]
    public void The_week_of_currencies_runs_from_sunday_to_friday_evening(string moment, bool open)
    {
        Assert.Equal(open, TradingCalendar.Forex.IsOpenAt(DateTimeOffset.Parse(moment)));
    }

    [Fact]
    public void A_market_without_rest_is_open_at_every_minute()
    {
        Assert.True(TradingCalendar.AlwaysOpen.IsOpenAt(DateTimeOffset.Parse("2024-12-25T03:00:00Z")));
        Assert.Equal(
            12, TradingCalendar.AlwaysOpen.MissingBetween(
                DateTimeOffset.Parse("2024-12-24T18:00:00Z"), DateTimeOffset.Parse("2024-12-25T07:00:00Z"),
                TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Calendars_are_found_by_name()
    {
        Assert.Same(TradingCalendar.Forex, TradingCalendar.Find("forex"));
        Assert.Null(TradingCalendar.Find("mars"));
    }

    [Theory]
    [InlineData("npm-vega_SP500_1d.csv.gz", "2000-01-03")]
    [InlineData("npm-obs_AAPL_1d.csv.gz", "2013-05-13")]
    [InlineData("npm-rsc_GE_1d.csv.gz", "1972-01-03")]
    [InlineData("npm-rsc_MSFT-splitadj_1d.csv.gz", "1986-03-13")]
    public void The_days_of_the_exchange_are_those_on_which_it_traded(string file, string from)
    {
        if (SharedData.Find("bars", file) is not { } path)
        {
            return;
        }

        var traded = BarImporter.Read(path).ToSeries().Times.ToArray()
            .Select(time => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(time).DateTime))
            .Where(day => day >= DateOnly.Parse(from)).ToArray();

        var days = TradingCalendar.UsEquities.Sessions(traded[0], traded[^1]).Select(session => session.Day);

        Assert.Equal(traded, days);
    }

    [Fact]
    public void With_a_calendar_a_holiday_is_no_gap_and_a_single_missing_day_is_one()
    {
        var options = new QualityOptions { Calendar = TradingCalendar.UsEquities };
        var whole = Traded(_ => true);
        var holed = Traded(day => day != new DateOnly(2024, 3, 5));

        Assert.DoesNotContain(BarQuality.Check(whole, options).Findings, finding => finding.Check == "gaps");
        Assert.Equal(1, BarQuality.Check(holed, options).Findings.Single(finding => finding.Check == "gaps").Count);
    }

    [Fact]
    public void The_minutes_of_an_exchange_have_no_gaps_over_night_and_weekend()
    {
        if (SharedData.Find("bars", "npm-rsc_AAPL_1m.csv.gz") is not { } path)
        {
            return;
        }

        var options = new QualityOptions { Calendar = TradingCalendar.UsEquities };
        var bars = BarImporter.Read(path).ToSeries();

        Assert.DoesNotContain(BarQuality.Check(bars.ToDraft(), options).Findings, finding => finding.Check == "gaps");
    }

    private static TrainingCluster.MarketData.Series.BarDraft Traded(Func<DateOnly, bool> keeps)
    {
        long[] times =
        [
            .. TradingCalendar.UsEquities.Sessions(new DateOnly(2024, 1, 2), new DateOnly(2024, 6, 28))
                .Where(session => keeps(session.Day))
                .Select(session => new DateTimeOffset(session.Day, default, TimeSpan.Zero).ToUnixTimeMilliseconds()),
        ];
        return Bars.Daily(times.Length).Noisy(0.01).Build().ToDraft() with { Times = times };
    }
}
