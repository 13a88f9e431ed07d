using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.Files;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Repairs;

public sealed class BarRepairerSpecs
{
    [Fact]
    public void Clean_bars_are_left_alone()
    {
        var bars = Bars.Daily(300).Noisy(0.01).Build();

        var (repaired, repairs) = BarRepairer.Repair(bars.ToDraft());

        Assert.Equal(0, repairs.Total);
        Assert.Equal(bars.Digest, BarSeries.Create(repaired).Digest);
    }

    [Fact]
    public void Disorder_and_repeats_are_sorted_out_and_listed_by_line()
    {
        var draft = Import("2000-01-03,1,1,1,1,5\n2000-01-05,3,3,3,3,5\n2000-01-04,2,2,2,2,5\n"
            + "2000-01-05,3,3,3,3,5\n2000-01-04,2,2,2,2,9\n");

        var (repaired, repairs) = BarRepairer.Repair(draft);

        var series = BarSeries.Create(repaired);
        Assert.Equal([1.0, 2, 3], series.Close.ToArray());
        Assert.Equal([5.0, 9, 5], series.Volume.ToArray());
        Assert.Equal(
            [("order", 4L), ("order", 6L), ("duplicate", 4L), ("duplicate", 3L)],
            repairs.Items.Select(repair => (repair.Rule, repair.Line!.Value)));
        Assert.Contains("different values; the later one was kept", repairs.Items[2].Detail);
        Assert.Contains("same values", repairs.Items[3].Detail);
    }

    [Fact]
    public void A_file_that_begins_with_the_newest_bar_is_turned_round()
    {
        var (repaired, repairs) = BarRepairer.Repair(
            Import("2000-01-05,3,3,3,3,5\n2000-01-04,2,2,2,2,5\n2000-01-03,1,1,1,1,5\n"));

        Assert.Equal([1.0, 2, 3], repaired.Close.ToArray());
        Assert.Equal("the newest bar came first; all were turned round", Assert.Single(repairs.Items).Detail);
    }

    [Fact]
    public void Impossible_prices_are_dropped_and_impossible_volumes_emptied()
    {
        var (repaired, repairs) = BarRepairer.Repair(
            Import("2000-01-03,1,1,1,1,-5\n2000-01-04,0,2,2,2,5\n2000-01-05,3,NaN,3,3,5\n2000-01-06,1,1,1,1,5\n"));

        Assert.Equal(2, repaired.Count);
        Assert.Equal(0, repaired.Volume.Span[0]);
        Assert.Equal(2, repairs.Counts["impossible-price"]);
        Assert.Equal(1, repairs.Counts["impossible-volume"]);
    }

    [Fact]
    public void Ranges_that_miss_by_a_rounding_are_widened_and_others_are_not()
    {
        var (repaired, repairs) = BarRepairer.Repair(
            Import("2000-01-03,10,10.99,9,11,5\n2000-01-04,10,10.5,9,11,5\n"));

        Assert.Equal([11, 10.5], repaired.High.ToArray());
        Assert.Equal("high 10.99 raised to 11", Assert.Single(repairs.Items).Detail);
    }

    [Fact]
    public void A_bad_tick_is_replaced_and_a_crash_is_not()
    {
        var draft = Bars.Daily(300).Noisy(0.01).Build().ToDraft();
        var tick = draft.Close.ToArray();
        tick[120] *= 3;

        var (repaired, repairs) = BarRepairer.Repair(draft with { Close = tick });
        var (_, none) = BarRepairer.Repair(Bars.Daily(300).Noisy(0.01).WithGap(120, -40).Build().ToDraft());

        Assert.Equal(tick[119], repaired.Close.Span[120]);
        Assert.Equal("bad-tick", Assert.Single(repairs.Items).Rule);
        Assert.Equal(draft.Times.Span[120], repairs.Items[0].Stamp);
        Assert.Equal(0, none.Total);
    }

    [Fact]
    public void Small_holes_within_a_day_are_filled_and_large_ones_and_nights_are_not()
    {
        var minutes = Bars.Every(TimeSpan.FromMinutes(1), 600).Noisy(0.001);

        var (small, repairs) = BarRepairer.Repair(minutes.WithoutStamps(100, 2).Build().ToDraft());
        var (large, none) = BarRepairer.Repair(minutes.WithoutStamps(100, 9).Build().ToDraft());

        Assert.Equal(600, small.Count);
        Assert.Equal(2, repairs.Counts["gap"]);
        Assert.Equal(small.Close.Span[99], small.Open.Span[101]);
        Assert.Equal(0, small.Volume.Span[100]);
        Assert.Equal(591, large.Count);
        Assert.Equal(0, none.Total);
    }

    [Fact]
    public void The_index_with_a_mistyped_year_becomes_a_series_with_both_changes_listed()
    {
        if (SharedData.Find("dirty", "r_fBasics_nyse.csv") is not { } file)
        {
            return;
        }

        var (repaired, repairs) = BarRepairer.Repair(BarImporter.Read(file).Bars!);

        Assert.Equal(repaired.Count, BarSeries.Create(repaired).Count);
        Assert.Equal(289, repairs.Items.First(repair => repair.Rule == "order").Line);
        Assert.Contains("duplicate", repairs.Counts.Keys);
    }

    private static BarDraft Import(string rows) =>
        Imports.Draft("date,open,high,low,close,volume\n" + rows);

    private static class Imports
    {
        public static BarDraft Draft(string text) => MarketData.Import.Imported.Text(text).Bars!;
    }
}
