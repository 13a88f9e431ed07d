using TrainingCluster.Features.Adx;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Bollinger;
using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Macd;
using TrainingCluster.Features.Rolling;
using TrainingCluster.Features.Rsi;
using TrainingCluster.Features.Stochastic;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.UnitTests.Features.Indicators;

/// <summary>
/// Values that TA-Lib publishes in its own regression tests (ta_regtest/ta_test_func of TA-Lib 0.4, unstable
/// period 0), to the two decimals it publishes them with.
/// </summary>
public sealed class PublishedValueSpecs
{
    private const double Tolerance = 0.01;

    private static readonly BarSeries TaLib = TaLibBars.First42;

    [Theory]
    [InlineData(9, 93.22)]
    [InlineData(10, 93.75)]
    [InlineData(29, 86.46)]
    public void Ema_10_is_that_of_ta_lib(int bar, double published) =>
        Near(published, EmaIndicator.Compute(TaLib.Close, new EmaOptions(10))[bar]);

    [Theory]
    [InlineData(29, 90.42)]
    [InlineData(30, 90.21)]
    [InlineData(31, 89.96)]
    public void Sma_30_is_that_of_ta_lib(int bar, double published) =>
        Near(published, SmaIndicator.Compute(TaLib.Close, 30)[bar]);

    [Theory]
    [InlineData(14, 49.14)]
    [InlineData(15, 52.32)]
    [InlineData(16, 46.07)]
    public void Rsi_14_is_that_of_ta_lib(int bar, double published) =>
        Near(published, RsiIndicator.Compute(TaLib.Close, new RsiOptions())[bar]);

    [Theory]
    [InlineData(14, 3.578)]
    [InlineData(15, 3.4876)]
    [InlineData(16, 3.55)]
    [InlineData(26, 3.245)]
    [InlineData(28, 3.413)]
    public void Atr_14_is_that_of_ta_lib(int bar, double published) =>
        Near(published, AtrIndicator.Compute(TaLib, new AtrOptions())[bar]);

    [Theory]
    [InlineData(27, 23.0)]
    [InlineData(28, 22.0802)]
    public void Adx_14_is_that_of_ta_lib(int bar, double published) => Near(published, Adx()[bar].Adx);

    [Theory]
    [InlineData(14, 20.3781, 30.1684)]
    [InlineData(28, 20.3746, 24.969182)]
    public void Directional_indicators_are_those_of_ta_lib(int bar, double plus, double minus)
    {
        Near(plus, Adx()[bar].PlusDi);
        Near(minus, Adx()[bar].MinusDi);
    }

    [Fact]
    public void Bollinger_bands_are_those_of_ta_lib()
    {
        var value = BollingerIndicator.Compute(TaLib.Close, new BollingerOptions())[19];

        Near(87.7086, value.Lower);
        Near(92.891, value.Middle);
        Near(98.0734, value.Upper);
    }

    [Fact]
    public void The_slow_stochastic_of_5_3_3_is_that_of_ta_lib()
    {
        var fast = StochasticIndicator.Compute(TaLib.High, TaLib.Low, TaLib.Close, new StochasticOptions(5));
        var slow = SmaIndicator.Compute(fast, 3);

        Near(24.0128, slow[8]);
        Near(36.254, SmaIndicator.Compute(slow, 3)[8]);
    }

    [Fact]
    public void Macd_is_that_of_its_definition()
    {
        var value = MacdIndicator.Compute(TaLib.Close, new MacdOptions());
        var fast = EmaIndicator.Compute(TaLib.Close, new EmaOptions(12));
        var slow = EmaIndicator.Compute(TaLib.Close, new EmaOptions(26));

        Assert.Equal(fast[40] - slow[40], value[40].Line);
        Assert.Equal(value[40].Line - value[40].Signal, value[40].Histogram);
        Assert.True(double.IsNaN(value[24].Line) && double.IsNaN(value[32].Signal));
        Assert.False(double.IsNaN(value[25].Line) || double.IsNaN(value[33].Signal));
    }

    private static AdxValue[] Adx() =>
        AdxIndicator.Compute(TaLib.High, TaLib.Low, TaLib.Close, new AdxOptions());

    private static void Near(double published, double actual) =>
        Assert.InRange(actual, published - Tolerance, published + Tolerance);
}
