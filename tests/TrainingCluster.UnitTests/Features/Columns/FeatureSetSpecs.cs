using TrainingCluster.Features.Columns;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.Features.Columns;

public sealed class FeatureSetSpecs
{
    [Fact]
    public void The_standard_set_has_22_named_columns_that_warm_up_for_33_bars()
    {
        var table = FeatureSet.Compute(Samples.Aapl);

        Assert.Equal(
            [
                "return_1", "return_5", "return_20", "gap", "range", "volatility_10", "volatility_20",
                "rsi_14", "macd_line", "macd_signal", "macd_histogram", "atr_14", "bollinger_position_20",
                "bollinger_bandwidth_20", "adx_14", "di_difference_14", "stochastic_14", "volume_z_20",
                "volume_ratio_20", "weekday_sin", "weekday_cos", "month_position",
            ],
            table.Names.ToArray());
        Assert.Equal(33, table.WarmUp);
        Assert.Equal(1260, table.Rows);
    }

    [Fact]
    public void Each_feature_is_defined_from_its_declared_warm_up_on()
    {
        var bars = Samples.Aapl;
        var table = FeatureSet.Compute(bars);

        foreach (var feature in FeatureSet.Standard)
        {
            foreach (var name in feature.Names)
            {
                Assert.Equal(feature.WarmUp, table.WarmUps[table.Names.IndexOf(name)]);
            }
        }
    }

    [Fact]
    public void Values_worked_out_by_hand_are_met()
    {
        // Mondays at bars 0 and 5; the last bar is Friday, 28 January 2000.
        var table = FeatureSet.Compute(
            Bars.Daily(20).Trending(1).WithGap(at: 19, percent: 2).WithVolume(500).Build());

        Assert.Equal(Math.Log(1.02 * 1.01), table.Column("return_1")[19], 12);
        Assert.Equal(Math.Log(1.02), table.Column("gap")[19], 12);
        Assert.Equal(Math.Log(1.01 * 1.005 / 0.995), table.Column("range")[19], 12);
        Assert.Equal(1, table.Column("rsi_14")[19]);
        Assert.Equal(0, table.Column("volume_z_20")[19]);
        Assert.Equal(1, table.Column("volume_ratio_20")[19]);
        Assert.Equal(Math.Sin(2 * Math.PI * 5 / 7), table.Column("weekday_sin")[19], 12);
        Assert.Equal(27.0 / 30, table.Column("month_position")[19], 12);
        Assert.Equal(0, table.Column("volatility_10")[18], 12);
    }

    [Fact]
    public void A_market_that_never_moves_has_neutral_features()
    {
        var table = FeatureSet.Compute(Bars.Exactly([.. Enumerable.Repeat((5.0, 5.0, 5.0, 5.0), 60)]));

        Assert.Equal(33, table.WarmUp);
        Assert.Equal(0, table.Column("rsi_14")[59]);
        Assert.Equal(0.5, table.Column("bollinger_position_20")[59]);
        Assert.Equal(0.5, table.Column("stochastic_14")[59]);
        Assert.Equal(0, table.Column("adx_14")[59]);
    }

    [Fact]
    public void Further_columns_of_the_source_become_features_and_may_start_late()
    {
        var mood = Enumerable.Range(0, 60).Select(t => t < 40 ? double.NaN : t).ToArray();

        var table = FeatureSet.Compute(Bars.Daily(60).Noisy(0.01).WithColumn("mood", mood).Build());

        Assert.Equal("x_mood", table.Names[^1]);
        Assert.Equal(40, table.WarmUp);
        Assert.Equal(59, table.Column("x_mood")[59]);
    }

    [Fact]
    public void A_hole_in_a_further_column_is_named_by_bar_and_column()
    {
        var bars = Bars.Daily(5).WithColumn("mood", double.NaN, 1, double.NaN, 3, double.NaN).Build();

        var error = Assert.Throws<BarDataException>(() => FeatureSet.Compute(bars));

        Assert.Equal(
            """
            The bars cannot be used (2 violations):
              TEST, bar 2, column 'mood', value 'NaN': must have a value on every bar after its first one; fill the hole or drop the column
              TEST, bar 4, column 'mood', value 'NaN': must have a value on every bar after its first one; fill the hole or drop the column
            """,
            error.Message);
    }

    [Fact]
    public void A_feature_that_loses_its_value_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new FeatureTable(["a"], [[double.NaN, 1, double.NaN]]));

        Assert.Equal(
            "feature 'a' is NaN at bar 2, after it was defined at bar 1; a defined feature must stay finite",
            error.Message);
    }
}
