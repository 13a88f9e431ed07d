using TrainingCluster.Features.Windows;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.UnitTests.Trading.Simulation;

public sealed class MarketFrictionsSpecs
{
    [Fact]
    public void Only_a_fee_costs_what_the_plain_rule_says_bit_for_bit()
    {
        var bars = HandBars.Synthetic(100);
        var costs = new CostModel(0.0007);
        var frictions = MarketFrictions.Of(bars, costs);

        for (var t = 0; t < 98; t++)
        {
            var (position, previous) = (Math.Sin(t), Math.Sin(t - 1));
            Assert.Equal(
                MarketSimulator.StepReturn(bars, t, position, previous, costs),
                frictions.NetReturn(
                    t, MarketSimulator.GrossReturn(bars, t, FillRule.NextOpen), position, previous));
        }
    }

    [Fact]
    public void A_unit_of_turnover_pays_fee_half_the_spread_and_slippage()
    {
        // Every bar ranges one per cent of its close, so that the average true range is one per cent too.
        var bars = Bars.Daily(60).From(200).WithVolume(1000).Build();
        var costs = new CostModel(0.001)
        {
            SpreadRatio = 0.004,
            VolatilitySlippage = 0.1,
            ImpactSlippage = 0.5,
            Capital = 50_000,
        };

        var frictions = MarketFrictions.Of(bars, costs);

        // 50,000 is a quarter of the 200,000 that trade in a bar; half of it pays √(1/8) of the impact.
        Assert.Equal(0.001 + 0.002 + 0.01 * (0.1 + 0.5 * 0.5), frictions.Cost(40, 1), 1e-12);
        Assert.Equal(
            0.5 * (0.003 + 0.01 * (0.1 + 0.5 * Math.Sqrt(0.125))), frictions.Cost(40, -0.5), 1e-12);
        Assert.Equal(0.01 * (0.1 + 0.5), frictions.Slippage(40, 1e9), 1e-12);
    }

    [Fact]
    public void Short_positions_pay_for_what_they_borrow()
    {
        var bars = Bars.Daily(600).Build();
        var costs = new CostModel(0) { BorrowRatioPerYear = 0.1 };
        var positions = new double[600];
        Array.Fill(positions, -0.5);

        var result = Backtest.Run(bars, positions, new IndexRange(0, 253), costs);

        Assert.Equal(-0.5 * 0.1 / bars.BarsPerYear, result.Returns[10], 1e-15);
        Assert.Equal(0, Backtest.Run(bars, new double[600], new IndexRange(0, 253), costs).Returns[10]);
    }

    [Fact]
    public void What_a_decision_costs_is_known_when_it_is_made()
    {
        var bars = HandBars.Synthetic(200);
        var corrupted = Future.CorruptAfter(bars, 120);
        var costs = new CostModel { VolatilitySlippage = 0.1, ImpactSlippage = 0.3 };
        var (whole, changed) = (MarketFrictions.Of(bars, costs), MarketFrictions.Of(corrupted, costs));

        for (var t = 0; t <= 120; t++)
        {
            Assert.Equal(whole.Cost(t, 1), changed.Cost(t, 1));
        }

        Assert.NotEqual(whole.Cost(150, 1), changed.Cost(150, 1));
    }

    [Fact]
    public void Costs_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostModel { SpreadRatio = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostModel { VolatilitySlippage = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostModel { Capital = 0 });
    }
}
