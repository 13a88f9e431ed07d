using System.Collections.Immutable;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Features.Preprocessing.Steps;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.Features.Preprocessing;

public sealed class RememberedStepSpecs
{
    [Theory]
    [InlineData("features")]
    [InlineData("features(indicator=rsi(21))")]
    public void The_columns_of_a_series_and_of_its_first_bars_are_computed_once(string text)
    {
        var (bars, remembered) = (Samples.Aapl, new RememberedStep(new FeaturesStep()));
        StepInput Input(BarSeries some) => new(StepSpec.Parse(text), some, ColumnTable.Empty(some.Count));

        foreach (var some in new[] { bars, bars.Slice(0, 700), bars, bars.Slice(0, 31) })
        {
            var own = new FeaturesStep().Transform(Input(some), Nothing);
            var made = remembered.Transform(Input(some), Nothing);

            Assert.Equal(own.Names.AsEnumerable(), made.Names);
            Assert.All(own.Columns.Zip(made.Columns), pair => Assert.Equal(pair.First, pair.Second));
        }

        Assert.Equal(1, remembered.Computed);
    }

    [Fact]
    public void Other_bars_other_steps_and_later_starts_are_computed_anew()
    {
        var (bars, remembered) = (Samples.Aapl, new RememberedStep(new FeaturesStep()));
        void Make(string text, BarSeries some) => remembered.Transform(
            new StepInput(StepSpec.Parse(text), some, ColumnTable.Empty(some.Count)), Nothing);

        Make("features", bars);
        Make("features", Samples.Sp500);
        Make("features", bars.Slice(1, 700));
        Make("features(indicator=rsi(21))", bars);
        Make("features", Future.CorruptAfter(bars, 500));

        Assert.Equal(5, remembered.Computed);
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<double>> Nothing =>
        ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty;
}
