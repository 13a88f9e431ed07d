using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.UnitTests.Trading.Simulation;

public sealed class LimitFillSpecs
{
    [Theory]
    [InlineData(1, 100, 101, 99, 102, 100)] // opens above the limit, falls through it
    [InlineData(1, 100, 98, 97, 102, 98)] // opens better than the limit
    [InlineData(1, 100, 101, 100, 102, double.NaN)] // touches the limit only
    [InlineData(-1, 100, 99, 98, 101, 100)]
    [InlineData(-1, 100, 103, 98, 104, 103)]
    [InlineData(-1, 100, 99, 98, 100, double.NaN)]
    public void An_order_is_filled_only_when_traded_through_at_the_better_of_limit_and_open(
        int side, double limit, double open, double low, double high, double expected)
    {
        var filled = LimitFill.TryPrice(side, limit, open, low, high, out var price);

        Assert.Equal(!double.IsNaN(expected), filled);
        Assert.Equal(expected, price);
    }
}
