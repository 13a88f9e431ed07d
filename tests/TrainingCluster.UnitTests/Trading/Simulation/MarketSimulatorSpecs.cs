using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.UnitTests.Trading.Simulation;

public sealed class MarketSimulatorSpecs
{
    private static readonly BarSeries Bars = HandBars.Of(
        open: [100, 102, 104, 101, 110],
        close: [101, 103, 102, 105, 121]);

    [Theory]
    [InlineData(0, 104.0 / 102 - 1)]
    [InlineData(1, 101.0 / 104 - 1)]
    [InlineData(2, 110.0 / 101 - 1)]
    [InlineData(3, 121.0 / 110 - 1)]
    public void A_decision_is_held_from_the_next_open_to_the_one_after_and_the_last_to_the_last_close(
        int t, double expected)
    {
        Assert.Equal(expected, MarketSimulator.StepReturn(Bars, t, 1, 1, CostModel.Free));
        Assert.Equal(3, MarketSimulator.LastDecisionBar(Bars, FillRule.NextOpen));
    }

    [Theory]
    [InlineData(0, 102.0 / 103 - 1)]
    [InlineData(1, 105.0 / 102 - 1)]
    [InlineData(2, 121.0 / 105 - 1)]
    public void Filled_at_closes_a_decision_is_held_from_the_next_close_to_the_one_after(
        int t, double expected)
    {
        Assert.Equal(expected, MarketSimulator.StepReturn(Bars, t, 1, 1, CostModel.Free, FillRule.NextClose));
        Assert.Equal(2, MarketSimulator.LastDecisionBar(Bars, FillRule.NextClose));
    }

    [Theory]
    [InlineData(1, 0, 0.01)]
    [InlineData(1, -1, 0.02)]
    [InlineData(0, 1, 0.01)]
    [InlineData(0.5, 0.25, 0.0025)]
    [InlineData(-1, -1, 0)]
    public void Costs_are_the_fee_on_every_unit_of_change(double position, double previous, double cost)
    {
        var costs = new CostModel(0.01);

        var actual = MarketSimulator.StepReturn(Bars, 2, position, previous, costs);

        Assert.Equal(position * (110.0 / 101 - 1) - cost, actual, 1e-15);
    }

    [Theory]
    [InlineData(FillRule.NextOpen)]
    [InlineData(FillRule.NextClose)]
    public void The_column_form_equals_the_steps_bit_for_bit(FillRule fill)
    {
        var bars = HandBars.Synthetic(500);
        var gross = MarketSimulator.GrossReturns(bars, fill);
        var costs = new CostModel();

        Assert.Equal(MarketSimulator.LastDecisionBar(bars, fill) + 1, gross.Length);
        for (var t = 0; t < gross.Length; t++)
        {
            var (position, previous) = (Math.Sin(t), Math.Cos(t));
            Assert.Equal(
                MarketSimulator.StepReturn(bars, t, position, previous, costs, fill),
                MarketSimulator.NetReturn(gross[t], position, previous, costs));
        }
    }

    [Theory]
    [InlineData(1, FillRule.NextOpen, -1)]
    [InlineData(2, FillRule.NextOpen, 0)]
    [InlineData(2, FillRule.NextClose, -1)]
    [InlineData(3, FillRule.NextClose, 0)]
    public void A_series_too_short_to_fill_has_no_decision_bar(int count, FillRule fill, int last)
    {
        var bars = Bars.Slice(0, count);

        Assert.Equal(last, MarketSimulator.LastDecisionBar(bars, fill));
        Assert.Equal(last + 1, MarketSimulator.GrossReturns(bars, fill).Length);
    }

    [Fact]
    public void A_step_loses_at_most_everything()
    {
        var tripled = HandBars.Of(open: [100, 100, 300], close: [100, 250, 300]);

        Assert.Equal(-1, MarketSimulator.StepReturn(tripled, 0, -1, 0, new CostModel()));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_decision_that_earns_nothing_is_refused(int t)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => MarketSimulator.StepReturn(Bars, t, 1, 0, CostModel.Free));

        Assert.Contains("must lie in [0, 3]", error.Message);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_fee_out_of_range_is_refused(double fee)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostModel(fee));
    }
}
