using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Series;

public sealed class BarPanelSpecs
{
    private static readonly BarSeries A = Bars.Daily(100).Noisy(0.01, 1).Named("A").Build();
    private static readonly BarSeries B = Bars.Daily(80).Noisy(0.01, 2).Named("B").Build();

    [Fact]
    public void Rows_are_the_bars_symbol_after_symbol_in_the_order_of_names()
    {
        var panel = BarPanel.Of([B, A]);

        Assert.Equal(["A", "B"], panel.Names.AsEnumerable());
        Assert.Equal([0, 100], panel.Starts.AsEnumerable());
        Assert.Equal(180, panel.Count);
        Assert.Equal([0, 0, 1, 1], new[] { 0, 99, 100, 179 }.Select(panel.SymbolOf));
        Assert.Equal(A.Times[99], panel.TimeOf(99));
        Assert.Equal(B.Times[0], panel.TimeOf(100));
    }

    [Fact]
    public void One_symbol_has_the_digest_of_its_bars_and_several_one_that_any_of_them_changes()
    {
        BarPanel alone = A;

        Assert.Equal(A.Digest, alone.Digest);
        Assert.Equal(BarPanel.Of([A, B]).Digest, BarPanel.Of([B, A]).Digest);
        Assert.NotEqual(BarPanel.Of([A, B]).Digest, BarPanel.Of([A, B.Slice(0, 79)]).Digest);
        Assert.NotEqual(A.Digest, BarPanel.Of([A, B]).Digest);
    }

    [Fact]
    public void An_account_over_symbols_of_one_calendar_has_its_moments_a_year()
    {
        Assert.Equal(252, BarPanel.Of([A, B]).BarsPerYear);
    }

    [Fact]
    public void Symbols_that_do_not_go_together_are_refused_with_every_reason()
    {
        var hourly = Bars.Every(TimeSpan.FromHours(1), 50).Named("H").Build();
        var wider = Bars.Daily(3).Named("W").WithColumn("mood", 1, 2, 3).Build();

        var refused = Assert.Throws<BarPanelException>(() => BarPanel.Of([A, A, hourly, wider]));

        Assert.Equal(3, refused.Violations.Length);
        Assert.Contains("'A' is there 2 times", refused.Message);
        Assert.Contains("'H' has a bar every 01:00:00 and 'A' every 1.00:00:00", refused.Message);
        Assert.Contains("'W' has the further columns [mood]", refused.Message);
    }
}
