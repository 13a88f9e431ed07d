using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.UnitTests.Trading.Statistics;

public sealed class MomentsSpecs
{
    [Fact]
    public void Moments_of_a_hand_table_are_population_skewness_and_raw_kurtosis()
    {
        // Deviations from 3: -2, -1, 0, 3; Σd² = 14, Σd³ = 18, Σd⁴ = 98.
        var moments = Moments.Of([1, 2, 3, 6]);

        Assert.Equal(4, moments.Count);
        Assert.Equal(3, moments.Mean);
        Assert.Equal(Math.Sqrt(14.0 / 3), moments.StandardDeviation, 1e-15);
        Assert.Equal(Math.Sqrt(3.5), moments.PopulationStandardDeviation, 1e-15);
        Assert.Equal(4.5 / Math.Pow(3.5, 1.5), moments.Skewness, 1e-15);
        Assert.Equal(24.5 / 12.25, moments.Kurtosis.Value, 1e-15);
    }

    [Fact]
    public void Raw_and_excess_kurtosis_differ_by_three_and_convert_both_ways()
    {
        Assert.Equal(7.164, new RawKurtosis(10.164).ToExcess().Value, 1e-12);
        Assert.Equal(new RawKurtosis(3), new ExcessKurtosis(0).ToRaw());
        Assert.Equal(RawKurtosis.Normal, new ExcessKurtosis(0).ToRaw());
    }

    [Fact]
    public void Equal_values_have_no_variance_even_where_their_mean_is_rounded()
    {
        var moments = Moments.Of(Enumerable.Repeat(0.1, 1001).ToArray());

        Assert.False(moments.HasVariance);
        Assert.Equal(0, moments.StandardDeviation);
        Assert.True(double.IsNaN(moments.Skewness));
    }

    [Fact]
    public void An_empty_sample_has_no_moments()
    {
        Assert.True(double.IsNaN(Moments.Of([]).Mean));
        Assert.False(Moments.Of([]).HasVariance);
    }
}
