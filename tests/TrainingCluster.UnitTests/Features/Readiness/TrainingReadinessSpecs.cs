using System.Collections.Immutable;
using TrainingCluster.Features.Labels;
using TrainingCluster.Features.Readiness;
using TrainingCluster.MarketData.Quality;

namespace TrainingCluster.UnitTests.Features.Readiness;

public sealed class TrainingReadinessSpecs
{
    [Theory]
    [InlineData(1000, 1000, 1000, 1, ReadinessLevel.Excellent)]
    [InlineData(500, 500, 500, 1, ReadinessLevel.Good)]
    [InlineData(1000, 1000, 1000, 0.96, ReadinessLevel.Good)]
    [InlineData(100, 150, 150, 1, ReadinessLevel.Fair)]
    [InlineData(2900, 100, 3000, 1, ReadinessLevel.Poor)]
    [InlineData(0, 0, 0, 1, ReadinessLevel.Poor)]
    [InlineData(3000, 0, 0, 1, ReadinessLevel.Poor)]
    public void The_level_is_the_least_that_anything_allows(
        int losses, int timeouts, int wins, double score, ReadinessLevel level)
    {
        Assert.Equal(level, Assess(losses, timeouts, wins, score).Level);
    }

    [Fact]
    public void Figures_are_given_and_everything_short_of_the_best_gets_a_suggestion()
    {
        var report = Assess(losses: 80, timeouts: 10, wins: 10, score: 0.9);

        Assert.Equal(100, report.Samples);
        Assert.Equal(0.1, report.WinRate, 12);
        Assert.Equal([0.8, 0.1, 0.1], report.ClassShares.ToArray());
        Assert.Equal(0.3, report.Balance, 12);
        Assert.Equal(4, report.Suggestions.Length);
        Assert.Empty(Assess(1000, 1000, 1000, 1).Suggestions);
    }

    private static TrainingReadiness Assess(int losses, int timeouts, int wins, double score)
    {
        ImmutableArray<sbyte> outcomes =
        [
            .. Enumerable.Repeat((sbyte)-1, losses), .. Enumerable.Repeat((sbyte)0, timeouts),
            .. Enumerable.Repeat((sbyte)1, wins), 1,
        ];
        var count = outcomes.Length;
        var labels = new LabelSet(
            [.. Enumerable.Repeat((sbyte)1, count)], outcomes, [.. Enumerable.Range(0, count)],
            [.. new sbyte[count]], [.. Enumerable.Repeat(true, count - 1), false]);
        return TrainingReadiness.Of(labels, new QualityReport(score, [], count));
    }
}
