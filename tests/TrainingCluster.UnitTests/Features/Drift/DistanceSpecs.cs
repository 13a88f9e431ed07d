using TrainingCluster.Features.Drift;

namespace TrainingCluster.UnitTests.Features.Drift;

/// <summary>Figures made with scipy 1.x and numpy on the same two samples.</summary>
public sealed class DistanceSpecs
{
    private static readonly double[] Reference =
    [
        1.6243, -0.6118, -0.5282, -1.073, 0.8654, -2.3015, 1.7448, -0.7612, 0.319, -0.2494, 1.4621,
        -2.0601, -0.3224, -0.3841, 1.1338, -1.0999, -0.1724, -0.8779, 0.0422, 0.5828, -1.1006, 1.1447,
        0.9016, 0.5025, 0.9009, -0.6837, -0.1229, -0.9358, -0.2679, 0.5304, -0.6917, -0.3968, -0.6872,
        -0.8452, -0.6712, -0.0127, -1.1173, 0.2344, 1.6598, 0.742, -0.1918, -0.8876, -0.7472, 1.6925,
        0.0508, -0.637, 0.1909, 2.1003, 0.1202, 0.6172,
    ];

    private static readonly double[] Current =
    [
        -0.0001, 0.4325, -2.0634, 2.4683, -1.6521, -0.5101, 1.1035, -0.9943, -0.7695, -0.5908, 1.1617,
        3.2506, 0.5498, -0.8415, 1.1469, -0.2154, 0.477, 1.91, -0.3974, 0.5108, -0.5537, 0.3123, 0.8079,
        -0.6865, 0.0934, 0.2166, -0.2652, -0.9251, -1.2055, 0.3158, 0.1771, 3.1776, -2.4217, 0.6353,
        0.9445, 2.1316, 1.1022, -0.5131, 0.5, 1.1508, 0.1238, 1.4252, -1.7417, 2.5774, 2.2612, 0.0972,
        1.2336, 0.5576, -0.495, 0.6053, 1.7004, 0.0427, 0.0492, 0.4106, 1.0202, 2.0341, -0.2616, 1.1101,
        0.7593, -1.7303,
    ];

    [Fact]
    public void Kolmogorov_Smirnov_gives_the_published_distance_and_probability()
    {
        var d = Distances.KolmogorovSmirnov(Sorted(Reference), Sorted(Current));

        Assert.Equal(0.23, d, 12);
        Assert.Equal(0.09489102575485159, Tails.KolmogorovSmirnovExact(d, 50, 60), 9);
        Assert.Equal(0.0974, Tails.KolmogorovSmirnov(d, 50, 60), 0.003);
    }

    [Fact]
    public void Wasserstein_gives_the_published_distance()
    {
        Assert.Equal(0.44716633333333333, Distances.Wasserstein(Sorted(Reference), Sorted(Current)), 9);
    }

    [Fact]
    public void The_stability_index_over_ten_stored_bins_gives_the_published_value()
    {
        var profile = ColumnProfile.Of("x", Reference);

        var index = Distances.StabilityIndex(profile.Shares.AsSpan(), profile.SharesOf(Current));

        Assert.Equal(9, profile.Edges.Length);
        Assert.Equal(0.30085591137433454, index, 9);
    }

    [Fact]
    public void Counts_of_six_cells_give_the_published_distances()
    {
        double[] reference = [16, 18, 16, 14, 12, 12];
        double[] current = [16, 16, 16, 16, 16, 8];
        double[] twice = Array.ConvertAll(reference, count => 2 * count);
        double[] p = Array.ConvertAll(reference, count => count / 88);
        double[] q = Array.ConvertAll(current, count => count / 88);

        var fit = Distances.GoodnessOfFit(reference, current);

        Assert.Equal(3.174603, fit, 1e-6);
        Assert.Equal(fit, Distances.GoodnessOfFit(twice, current), 1e-12);
        Assert.Equal(.673088, Tails.ChiSquare(fit, 5), 1e-6);
        Assert.Equal(.068128, Distances.Hellinger(p, q), 1e-6);
        Assert.Equal(.037218, Distances.StabilityIndex(p, q), 1e-6);
    }

    [Fact]
    public void A_quarter_each_against_four_to_one_gives_the_published_distances()
    {
        double[] even = [.25, .25, .25, .25];
        double[] steep = [.4, .3, .2, .1];

        Assert.Equal(.228217, Distances.StabilityIndex(even, steep), 1e-6);
        Assert.Equal(.166930, Distances.JensenShannon(even, steep), 1e-6);
        Assert.Equal(.200503, Distances.JensenShannon(even, steep) / Math.Sqrt(Math.Log(2)), 1e-6);
    }

    [Fact]
    public void A_move_by_one_of_one_to_five_is_as_many_deviations_as_published()
    {
        double[] one = [1, 2, 3, 4, 5];
        double[] other = [2, 3, 4, 5, 6];

        Assert.Equal(.707107, Distances.Wasserstein(one, other) / Math.Sqrt(2), 1e-6);
    }

    [Fact]
    public void Kolmogorovs_limit_leaves_a_twentieth_beyond_its_published_bound()
    {
        // With so many values the correction for small samples is nothing: the statistic is d · √(n / 2).
        const double Many = 1e12;

        Assert.Equal(.05, Tails.KolmogorovSmirnov(1.3581 / Math.Sqrt(Many / 2), Many, Many), 1e-5);
    }

    [Fact]
    public void Jensen_Shannon_reaches_from_nothing_to_the_root_of_ln_two()
    {
        Assert.Equal(0, Distances.JensenShannon([0.5, 0.5], [0.5, 0.5]), 12);
        Assert.Equal(Math.Sqrt(Math.Log(2)), Distances.JensenShannon([1, 0], [0, 1]), 12);
        Assert.Equal(Math.Sqrt(0.5 * (0.5 * Math.Log(0.5 / 0.375) + 0.5 * Math.Log(0.5 / 0.625)
            + 0.25 * Math.Log(0.25 / 0.375) + 0.75 * Math.Log(0.75 / 0.625))),
            Distances.JensenShannon([0.5, 0.5], [0.25, 0.75]), 12);
    }

    [Theory]
    [InlineData(3.841458820694124, 1, 0.05)]
    [InlineData(16.918977604620448, 9, 0.05)]
    [InlineData(0.5, 4, 0.9735009788392561)]
    [InlineData(60, 10, 3.6243009520614882e-9)]
    public void Chi_square_tails_are_those_of_the_tables(double x, double degrees, double tail)
    {
        Assert.Equal(1, Tails.ChiSquare(x, degrees) / tail, 4);
    }

    [Fact]
    public void A_normal_tail_beyond_two_deviations_holds_a_twentieth()
    {
        Assert.Equal(0.05, Tails.TwoSidedNormal(1.959963984540054), 10);
    }

    [Fact]
    public void Identical_samples_are_at_no_distance()
    {
        var sorted = Sorted(Reference);

        Assert.Equal(0, Distances.KolmogorovSmirnov(sorted, sorted));
        Assert.Equal(0, Distances.Wasserstein(sorted, sorted));
        Assert.Equal(1, Tails.KolmogorovSmirnovExact(0, 50, 50));
    }

    private static double[] Sorted(double[] values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted;
    }
}
