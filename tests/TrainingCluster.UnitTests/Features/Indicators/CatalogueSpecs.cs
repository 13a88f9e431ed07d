using TrainingCluster.Features.Indicators;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Synthetic;

namespace TrainingCluster.UnitTests.Features.Indicators;

public sealed class CatalogueSpecs
{
    public static TheoryData<string> Names => [.. IndicatorCatalogue.Names];

    [Fact]
    public void There_are_more_than_forty_indicators_all_with_names_of_their_own()
    {
        Assert.True(IndicatorCatalogue.Entries.Length >= 40, $"{IndicatorCatalogue.Entries.Length} indicators");
        Assert.Distinct(IndicatorCatalogue.Names);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_is_undefined_before_its_warm_up_and_finite_from_then_on(string name)
    {
        var bars = SyntheticMarket.Generate(new SyntheticMarketOptions { Bars = 300 }, new Seed(3));
        var indicator = IndicatorSpec.Parse(name).Make();

        var columns = IndicatorColumns.Compute(indicator, bars);

        var defined = columns.Select(column => Array.FindIndex(column, value => !double.IsNaN(value))).ToArray();
        Assert.Equal(indicator.WarmUp, defined.Max());
        Assert.All(columns, column => Assert.All(
            column.SkipWhile(double.IsNaN), value => Assert.True(double.IsFinite(value))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bars_that_follow_change_no_bit_of_a_value(string name)
    {
        var bars = SyntheticMarket.Generate(new SyntheticMarketOptions { Bars = 260 }, new Seed(4));
        var spec = IndicatorSpec.Parse(name);

        var whole = IndicatorColumns.Compute(spec.Make(), bars);
        var prefix = IndicatorColumns.Compute(spec.Make(), bars.Slice(0, 140));

        for (var i = 0; i < whole.Length; i++)
        {
            Assert.Equal(
                prefix[i].Select(BitConverter.DoubleToInt64Bits), whole[i].Take(140).Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Theory]
    [InlineData("rsi", "rsi")]
    [InlineData("RSI( 14 )", "rsi")]
    [InlineData("rsi(period=21)", "rsi(period=21)")]
    [InlineData("sma(50, input=HIGH)", "sma(period=50,input=high)")]
    [InlineData("sma(input=high,period=50)", "sma(period=50,input=high)")]
    [InlineData("bollinger(20, 2.50)", "bollinger(width=2.5)")]
    public void A_spec_has_one_canonical_text(string text, string canonical) =>
        Assert.Equal(canonical, IndicatorSpec.Parse(text).Text);

    [Theory]
    [InlineData("nosuch", "there is no indicator 'nosuch'")]
    [InlineData("rsi(", "is not written name or name(parameter=value")]
    [InlineData("rsi(size=3, period=x)", "'size=3' is no parameter")]
    [InlineData("rsi(size=3, period=x)", "period is 'x'; it must be a whole number")]
    [InlineData("sma(input=mid)", "one of close, open")]
    [InlineData("obv(3)", "takes no parameters")]
    public void A_wrong_spec_is_refused_with_all_that_is_wrong(string text, string part)
    {
        var error = Assert.Throws<FormatException>(() => IndicatorSpec.Parse(text));

        Assert.Contains(part, error.Message);
    }

    [Fact]
    public void Values_that_do_not_go_together_are_refused_with_the_rule()
    {
        var error = Assert.Throws<FormatException>(() => IndicatorSpec.Parse("macd(26, 12)").Make());

        Assert.Contains("macd.slow is 12; it must be at least 27", error.Message);
    }
}
