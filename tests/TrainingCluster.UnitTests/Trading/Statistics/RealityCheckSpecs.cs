using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.UnitTests.Trading.Statistics;

public sealed class RealityCheckSpecs
{
    private static readonly int[][] Sets =
    [
        [0, 1, 2, 3], [1, 2, 3, 0], [0, 0, 1, 1], [2, 2, 3, 3], [3, 3, 3, 0],
        [1, 1, 2, 2], [2, 3, 2, 3], [0, 1, 0, 1], [3, 3, 3, 3], [0, 0, 0, 0],
    ];

    private static readonly double[][] TwoModels = [[2, 1, -1, 2], [-1, 0, 2, 1.5]];

    /// <summary>V = 2 against V* = 0, 0, 1, 2.25, 2, .75, 2.25, 1, 2, 2: three ties pin both conventions.</summary>
    [Fact]
    public void The_table_worked_by_hand_gives_five_of_ten_with_ties_and_two_without()
    {
        var check = RealityCheck.Test(TwoModels, new LiteralIndices(Sets), Sets.Length);

        Assert.Equal((2, 0, 5, 2), (check.Statistic, check.Best, check.AtLeast, check.Above));
        Assert.Equal(6.0 / 11, check.PValue);
    }

    [Fact]
    public void Ties_stay_ties_in_decimals_whose_sums_round_differently()
    {
        double[][] decimals = [.. TwoModels.Select(model => model.Select(value => value / 100).ToArray())];

        var check = RealityCheck.Test(decimals, new LiteralIndices(Sets), Sets.Length);

        Assert.Equal((5, 2), (check.AtLeast, check.Above));
    }

    [Fact]
    public void Noise_alone_is_rejected_about_as_often_as_the_level_says_and_a_real_edge_nearly_always()
    {
        const int Markets = 200;
        var (noise, edge) = (0, 0);
        for (var market = 0; market < Markets; market++)
        {
            var models = Gaussian.Series(models: 10, bars: 200, seed: (ulong)market);
            noise += Check(models, market).PValue < 0.05 ? 1 : 0;
            models[4] = [.. models[4].Select(value => value + 0.4)];
            edge += Check(models, market).PValue < 0.05 ? 1 : 0;
        }

        Assert.InRange(noise / (double)Markets, 0, 0.05 + 3 * Math.Sqrt(0.05 * 0.95 / Markets));
        Assert.True(edge > 0.95 * Markets, $"{edge} of {Markets}");
    }

    [Fact]
    public void Superior_ability_has_its_three_p_values_in_order()
    {
        for (var market = 0; market < 30; market++)
        {
            var models = Gaussian.Series(models: 8, bars: 150, seed: (ulong)market);
            models[0] = [.. models[0].Select(value => value - 0.5)];
            models[1] = [.. models[1].Select(value => value + 0.1)];

            var ability = SuperiorAbility.Test(models, Source(market), 3, 500);

            Assert.True(ability.Lower <= ability.Consistent && ability.Consistent <= ability.Upper, $"{ability}");
        }
    }

    [Theory]
    [InlineData(1.0001, false)]
    [InlineData(0.9999, true)]
    public void Only_models_within_hansens_threshold_are_recentred(double thresholds, bool isRecentred)
    {
        const int Bars = 250;
        var models = Gaussian.Series(models: 2, bars: Bars, seed: 3);

        // The first is a little better; the second lies as many thresholds √(2 ln ln T) below the benchmark.
        for (var model = 0; model < 2; model++)
        {
            var mean = models[model].Average();
            var deviation = Math.Sqrt(models[model].Average(value => (value - mean) * (value - mean)));
            var place = model == 0 ? 1.5 : -thresholds * Math.Sqrt(2 * Math.Log(Math.Log(Bars)));
            models[model] = [.. models[model].Select(value => value - mean + place * deviation / Math.Sqrt(Bars))];
        }

        var ability = SuperiorAbility.Test(models, Source(4), 1, 1000);

        Assert.Equal(1.5, ability.Statistic, 1e-9);
        Assert.True(ability.Lower < ability.Upper, $"{ability}");
        Assert.Equal(isRecentred ? ability.Upper : ability.Lower, ability.Consistent);
    }

    [Fact]
    public void Hopeless_models_hide_a_good_one_from_the_reality_check_but_not_from_superior_ability()
    {
        var models = Gaussian.Series(models: 40, bars: 250, seed: 5);
        for (var model = 1; model < models.Length; model++)
        {
            models[model] = [.. models[model].Select(value => 10 * value - 5)];
        }

        models[0] = [.. models[0].Select(value => value + 0.25)];

        Assert.True(RealityCheck.Test(models, Source(1), 1000).PValue > 0.3);
        Assert.True(SuperiorAbility.Test(models, Source(1), 1, 1000).Consistent < 0.01);
    }

    [Fact]
    public void The_kernel_weights_are_those_of_the_stationary_bootstrap()
    {
        double[] values = [1, -2, 3, 0, 2, -1, 4, 1];
        const double Mean = 1;
        var centred = values.Select(value => value - Mean).ToArray();
        double Covariance(int lag) =>
            Enumerable.Range(0, 8 - lag).Sum(t => centred[t] * centred[t + lag]) / 8;

        var expected = Covariance(0);
        for (var lag = 1; lag < 8; lag++)
        {
            var weight = (1 - lag / 8.0) * Math.Pow(0.75, lag) + lag / 8.0 * Math.Pow(0.75, 8 - lag);
            Assert.Equal(weight, StationaryKernel.Weight(lag, 8, meanBlockLength: 4), 1e-15);
            expected += 2 * weight * Covariance(lag);
        }

        Assert.Equal(expected, StationaryKernel.LongRunVariance(values, 4), 1e-12);
    }

    [Fact]
    public void Models_of_different_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RealityCheck.Test([[1, 2, 3], [1, 2]], Source(1), 10));
        Assert.Throws<ArgumentException>(() => SuperiorAbility.Test([[1, 1, 1]], Source(1), 1, 10));
    }

    private static RealityCheck Check(double[][] models, int seed) =>
        RealityCheck.Test(models, Source(seed), 300);

    private static StationaryBootstrap Source(int seed) => new(1, new Seed((ulong)seed + 77));
}
