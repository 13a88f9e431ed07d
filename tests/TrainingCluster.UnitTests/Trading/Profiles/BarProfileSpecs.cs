using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Profiles;

namespace TrainingCluster.UnitTests.Trading.Profiles;

public sealed class BarProfileSpecs
{
    [Fact]
    public void A_column_is_counted_and_its_quantiles_lie_between_order_statistics()
    {
        var summary = ColumnSummary.Of("x", [4, double.NaN, 1, 3, 2, 5, double.PositiveInfinity]);

        Assert.Equal((5, 2, 1, 5, 3), (summary.Count, summary.Missing, summary.Least, summary.Largest, summary.Mean));
        Assert.Equal(Math.Sqrt(2.5), summary.Deviation, 1e-12);
        double[] expected = [1.04, 1.2, 2, 3, 4, 4.8, 4.96];
        Assert.All(expected.Zip(summary.Quantiles), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void A_column_without_values_has_no_figures()
    {
        var summary = ColumnSummary.Of("x", [double.NaN]);

        Assert.Equal((0, 1), (summary.Count, summary.Missing));
        Assert.All([summary.Least, summary.Mean, .. summary.Quantiles], value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void Returns_have_the_moments_that_can_be_reckoned_by_hand()
    {
        // Log returns +a, −a, +a, −a around zero: no mean, no skewness, kurtosis 1, autocorrelation −3/4 at lag 1.
        const double a = 0.1;
        double[] closes = [1, Math.Exp(a), 1, Math.Exp(a), 1];

        var returns = ReturnSummary.Of([1, 2, 3, 4, 5], closes, barsPerYear: 100)!;

        Assert.Equal(0, returns.Mean, 1e-12);
        Assert.Equal(a * Math.Sqrt(4.0 / 3), returns.Deviation, 1e-12);
        Assert.Equal(10 * returns.Deviation, returns.AnnualDeviation, 1e-12);
        Assert.Equal(0, returns.Skewness, 1e-9);
        Assert.Equal(-2, returns.ExcessKurtosis, 1e-9);
        Assert.Equal(-0.75, returns.Autocorrelations[0], 1e-9);
        Assert.Equal((3L, 2L), (returns.LeastAt, returns.LargestAt));
    }

    [Fact]
    public void Fat_tails_and_switching_volatility_show_and_plain_noise_shows_none()
    {
        var plain = Profile(new SyntheticMarketOptions { Bars = 4000 });
        var wild = Profile(new SyntheticMarketOptions { Bars = 4000, Regimes = true, TailDegrees = 4 });

        // Standard errors with 4,000 normal draws: kurtosis √(24 / n) = .08, autocorrelation 1 / √n = .016.
        Assert.InRange(plain.Returns!.ExcessKurtosis, -0.32, 0.32);
        Assert.InRange(plain.Returns.SizeAutocorrelations[0], -0.064, 0.064);
        Assert.True(plain.Returns.SizeLjungBoxP > 0.001);
        Assert.True(wild.Returns!.ExcessKurtosis > 2);
        Assert.True(wild.Returns.SizeAutocorrelations[0] > 0.1);
        Assert.True(wild.Returns.SizeLjungBoxP < 1e-6);
    }

    [Fact]
    public void Weekdays_without_holidays_are_the_calendar_of_currencies()
    {
        var rhythm = Profile(new SyntheticMarketOptions { Bars = 600 }).Rhythm!;

        Assert.Equal(TimeSpan.FromDays(1), rhythm.Interval);
        Assert.Equal(0.8, rhythm.UsualSteps, 0.01);
        Assert.Null(rhythm.FirstOfDay);
        Assert.False(rhythm.TradesWeekends);
        Assert.Equal("forex", rhythm.Calendars[0].Name);
        Assert.Equal(0, rhythm.Calendars[0].Missing);
    }

    [Fact]
    public void Days_of_the_exchange_in_New_York_are_told_from_days_without_rest()
    {
        var sessions = TrainingCluster.MarketData.Calendars.TradingCalendar.UsEquities
            .Sessions(new DateOnly(2020, 1, 1), new DateOnly(2021, 12, 31)).ToArray();
        var days = Bars.Daily(sessions.Length).Noisy(0.01).Build().ToDraft() with
        {
            Times = sessions.Select(session =>
                new DateTimeOffset(session.Day, default, default).ToUnixTimeMilliseconds()).ToArray(),
        };
        var hours = Bars.Every(TimeSpan.FromHours(1), 24 * 60).Noisy(0.01).Build();

        var exchange = BarProfile.Of(days).Rhythm!;
        var always = BarProfile.Of(hours.ToDraft()).Rhythm!;

        Assert.Equal(new CalendarFit("us-equities", 0, 0), exchange.Calendars[0]);
        Assert.Equal(new CalendarFit("always-open", 0, 0), always.Calendars[0]);
        Assert.Equal((new TimeOnly(0, 0), new TimeOnly(23, 0)), (always.FirstOfDay, always.LastOfDay));
        Assert.True(always.TradesWeekends);
    }

    [Fact]
    public void Minutes_of_a_session_show_when_it_is()
    {
        var rhythm = Profile(new SyntheticMarketOptions { Bars = 3900, SessionBars = 390 }).Rhythm!;

        Assert.Equal(TimeSpan.FromMinutes(1), rhythm.Interval);
        Assert.Equal((10, 390), (rhythm.Days, rhythm.BarsPerDay));
        Assert.Equal((new TimeOnly(14, 30), new TimeOnly(20, 59)), (rhythm.FirstOfDay, rhythm.LastOfDay));
        Assert.Equal("us-equities", rhythm.Calendars[0].Name);
    }

    [Fact]
    public void Bars_in_any_order_with_repeats_and_holes_are_described_as_they_are()
    {
        var defective = DefectPlanter.Plant(
            Bars.Daily(200).Noisy(0.01).Build(),
            [DefectKind.Duplicate, DefectKind.Swap, DefectKind.MissingClose], new Seed(1));

        var profile = BarProfile.Of(defective.Draft);

        Assert.Equal(201, profile.Rows);
        Assert.Equal(1, profile.Columns.Single(column => column.Name == "close").Missing);
        Assert.Equal(198, profile.Returns!.Count);
    }

    [Fact]
    public void One_bar_has_columns_and_nothing_else()
    {
        var profile = BarProfile.Of(Bars.Daily(1).Build().ToDraft());

        Assert.Equal(5, profile.Columns.Length);
        Assert.Null(profile.Rhythm);
        Assert.Null(profile.Returns);
    }

    private static BarProfile Profile(SyntheticMarketOptions options) =>
        BarProfile.Of(SyntheticMarket.Generate(options, new Seed(3)).ToDraft());
}
