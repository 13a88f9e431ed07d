using TrainingCluster.Features.Drift;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using Xunit.Abstractions;

namespace TrainingCluster.UnitTests.Features.Drift;

/// <summary>What a watch over bars costs in false alarms, and what it finds.</summary>
public sealed class DriftCalibrationSpecs(ITestOutputHelper output)
{
    private const int DaysInMonth = 30;
    private const int Watched = 60;

    /// <summary>
    /// One check of the last 60 bars a day; its chance of an alarm is measured over markets of their own, as the checks
    /// of one month share most of their bars. Calm markets draw every bar alike; stormy ones switch volatility every 50
    /// bars, so that neighbouring bars say the same and 60 of them are worth few.
    /// </summary>
    [Theory]
    [InlineData(false, 500, 90)]
    [InlineData(true, 750, 90)]
    [InlineData(true, 1100, 60)]
    public void Stationary_bars_raise_at_most_one_false_alarm_in_thirty_days(
        bool stormy, int referenceBars, int checks)
    {
        var alarms = 0;
        for (var check = 0; check < checks; check++)
        {
            var bars = Market(referenceBars + Watched, stormy, .01, (ulong)check + 1);
            var reference = ReferenceProfile.Of(MovementColumns.Of(bars.Slice(0, referenceBars)));
            alarms += Compare(reference, bars.Slice(referenceBars, Watched)) == DriftVerdict.Drift ? 1 : 0;
        }

        var perMonth = (double)alarms / checks * DaysInMonth;
        output.WriteLine($"{alarms} alarms in {checks} checks: {perMonth:0.00} in 30 days");
        Assert.True(perMonth <= 1, $"{alarms} false alarms in {checks} checks are {perMonth:0.00} in 30 days");
    }

    /// <summary>Once a week, as the bars of the new kind move into the last 60.</summary>
    [Fact]
    public void Larger_volatility_is_found_in_ranges_within_thirty_days_and_in_the_whole_within_sixty()
    {
        const int months = 12;
        const int week = 5;
        var (ranges, whole) = (new List<int>(), new List<int>());
        for (var month = 0; month < months; month++)
        {
            var calm = Market(500 + Watched, stormy: false, .01, (ulong)month + 1);
            var wild = Market(Watched, stormy: false, .025, (ulong)month + 1001);
            var reference = ReferenceProfile.Of(MovementColumns.Of(calm.Slice(0, 500)));
            var after = Joined(MovementColumns.Of(calm.Slice(500, Watched)), MovementColumns.Of(wild)).ToArray();
            var (first, all) = (0, 0);
            for (var day = week; day <= Watched && all == 0; day += week)
            {
                var now = after.ToDictionary(column => column.Name, column => column.Values[day..(day + Watched)]);
                var report = DriftDetector.Compare(reference, now);
                var range = report.Columns.Single(column => column.Name == "log_range");
                first = first == 0 && range.Verdict == DriftVerdict.Drift ? day : first;
                all = report.Verdict == DriftVerdict.Drift ? day : 0;
            }

            ranges.Add(first == 0 ? int.MaxValue : first);
            whole.Add(all == 0 ? int.MaxValue : all);
        }

        output.WriteLine($"ranges after {string.Join(' ', ranges.Order())} days");
        output.WriteLine($"whole after {string.Join(' ', whole.Order())} days");
        Assert.True(ranges.Count(day => day <= DaysInMonth) >= .95 * months, "the ranges' shift was missed");
        Assert.True(whole.Count(day => day <= Watched) >= .9 * months, "the shift of the whole was missed");
    }

    private static DriftVerdict Compare(ReferenceProfile reference, BarSeries bars) =>
        DriftDetector.Compare(
            reference,
            MovementColumns.Of(bars).ToDictionary(column => column.Name, column => column.Values)).Verdict;

    private static IEnumerable<(string Name, double[] Values)> Joined(
        IReadOnlyList<(string Name, double[] Values)> before, IReadOnlyList<(string Name, double[] Values)> after) =>
        before.Zip(after, (one, other) => (one.Name, (double[])[.. one.Values, .. other.Values]));

    private static BarSeries Market(int bars, bool stormy, double volatility, ulong seed) =>
        SyntheticMarket.Generate(
            new SyntheticMarketOptions { Bars = bars, Regimes = stormy, Volatility = volatility }, new Seed(seed));
}
