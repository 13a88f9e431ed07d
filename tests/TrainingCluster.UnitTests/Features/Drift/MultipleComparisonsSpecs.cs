using TrainingCluster.Features.Drift;
using TrainingCluster.UnitTests.Trading;

namespace TrainingCluster.UnitTests.Features.Drift;

public sealed class MultipleComparisonsSpecs
{
    private static readonly double[] Ten = [.001, .008, .039, .041, .042, .06, .074, .205, .212, .216];

    [Fact]
    public void Benjamini_hochberg_meets_the_published_table() => Assert.Equal(
        [.01, .04, .084, .084, .084, .1, .1057142857142857, .216, .216, .216],
        MultipleComparisons.BenjaminiHochberg(Ten),
        new Within(1e-12));

    [Fact]
    public void Holm_meets_the_published_table() => Assert.Equal(
        [.01, .072, .312, .312, .312, .312, .312, .615, .615, .615],
        MultipleComparisons.Holm(Ten),
        new Within(1e-12));

    [Fact]
    public void The_order_of_the_hypotheses_does_not_matter()
    {
        double[] mixed = [.042, .216, .001, .205, .008];
        var sorted = mixed.Order().ToArray();

        foreach (var adjust in new Func<double[], double[]>[]
            { p => MultipleComparisons.Holm(p), p => MultipleComparisons.BenjaminiHochberg(p) })
        {
            var inOrder = adjust(sorted);
            Assert.Equal(mixed.Select(p => inOrder[Array.IndexOf(sorted, p)]), adjust(mixed));
        }
    }

    [Fact]
    public void What_is_no_probability_is_refused() =>
        Assert.Throws<ArgumentException>(() => MultipleComparisons.Holm([.1, double.NaN]));
}
