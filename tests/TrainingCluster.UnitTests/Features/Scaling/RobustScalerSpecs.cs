using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Windows;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.Features.Scaling;

public sealed class RobustScalerSpecs
{
    [Fact]
    public void Median_and_range_are_those_of_the_window_and_values_are_clipped()
    {
        var table = new FeatureTable(
            ["a", "same"], [[double.NaN, 1, 2, 3, 4, 5, 1000], [7, 7, 7, 7, 7, 7, 8]]);

        var scaler = RobustScaler.Fit(table, new IndexRange(1, 6));
        var matrix = scaler.Transform(table);

        Assert.Equal([3.0, 7.0], scaler.Medians.ToArray());
        Assert.Equal([2 / 1.349, 1.0], scaler.Scales.ToArray());
        Assert.Equal((1, 5), (scaler.FitFirstBar, scaler.FitLastBar));
        Assert.Equal([0f, 0f], matrix.Row(0).ToArray());
        Assert.Equal([(float)(-2 * 1.349 / 2), 0f], matrix.Row(1).ToArray());
        Assert.Equal([5f, 1f], matrix.Row(6).ToArray());
        Assert.Equal(1, matrix.FirstValidRow);
    }

    [Fact]
    public void The_fit_sees_its_window_and_nothing_else()
    {
        var window = new IndexRange(100, 600);
        var clean = RobustScaler.Fit(FeatureSet.Compute(Samples.Aapl), window);

        var corrupted = RobustScaler.Fit(FeatureSet.Compute(Future.CorruptAfter(Samples.Aapl, 599)), window);
        var moved = RobustScaler.Fit(FeatureSet.Compute(Samples.Aapl), new IndexRange(100, 601));

        Assert.Equal(clean, corrupted);
        Assert.NotEqual(clean, moved);
        Assert.Equal((100, 599), (clean.FitFirstBar, clean.FitLastBar));
    }

    [Theory]
    [InlineData(32, 100)]
    [InlineData(40, 40)]
    [InlineData(40, 1261)]
    public void A_window_outside_the_defined_rows_is_refused(int start, int end)
    {
        var table = FeatureSet.Compute(Samples.Aapl);

        var error = Assert.Throws<ArgumentException>(
            () => RobustScaler.Fit(table, new IndexRange(start, end)));

        Assert.StartsWith(
            $"the fit window is [{start}, {end}); it must hold at least one bar and lie in [33, 1260)",
            error.Message);
    }

    [Fact]
    public void Other_columns_than_the_fitted_ones_are_listed()
    {
        var fitted = new FeatureTable(["a", "b", "c"], [[1, 2], [1, 2], [1, 2]]);
        var scaler = RobustScaler.Fit(fitted, new IndexRange(0, 2));

        var other = Assert.Throws<FeatureSchemaException>(() =>
            scaler.Transform(new FeatureTable(["d", "b"], [[1], [1]])));
        var order = Assert.Throws<FeatureSchemaException>(() =>
            scaler.Transform(new FeatureTable(["b", "a", "c"], [[1], [1], [1]])));

        Assert.Equal(
            "The features are not those that were fitted; missing: a, c; not expected: d. "
            + "Use bars with the same columns, or fit again.",
            other.Message);
        Assert.Equal(
            "The features are not those that were fitted; order must be a, b, c. "
            + "Use bars with the same columns, or fit again.",
            order.Message);
    }
}
