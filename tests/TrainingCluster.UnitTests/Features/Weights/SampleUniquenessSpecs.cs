using TrainingCluster.Features.Weights;
using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.UnitTests.Features.Weights;

public sealed class SampleUniquenessSpecs
{
    [Fact]
    public void Overlapping_labels_share_their_time()
    {
        LabelSpan[] spans =
            [new("A", 0, 4), new("A", 2, 4), new("A", 10, 12), new("B", 0, 100), new("A", 4, 6)];

        var uniqueness = SampleUniqueness.Of(spans);

        Assert.Equal([0.75, 0.5, 1, 1, 1], uniqueness);
    }

    [Fact]
    public void It_equals_a_count_moment_by_moment()
    {
        var stream = new Seed(5).Stream();
        LabelSpan[] spans = [.. Enumerable.Range(0, 200).Select(_ =>
        {
            var start = stream.NextInt32(300);
            return new LabelSpan("A", start, start + stream.NextInt32(20));
        })];
        var counts = new int[400];
        foreach (var span in spans)
        {
            for (var t = span.Start; t < Math.Max(span.End, span.Start + 1); t++)
            {
                counts[t]++;
            }
        }

        var uniqueness = SampleUniqueness.Of(spans);

        for (var i = 0; i < spans.Length; i++)
        {
            var length = (int)Math.Max(1, spans[i].End - spans[i].Start);
            var expected = Enumerable.Range((int)spans[i].Start, length).Average(t => 1.0 / counts[t]);
            Assert.Equal(expected, uniqueness[i], 1e-9);
        }
    }

    [Fact]
    public void Weights_have_mean_one_and_follow_both()
    {
        var weights = SampleUniqueness.Weights([1, 0.5, 1], [0.5f, 1f, 1.5f]);

        Assert.Equal(1, weights.Average(), 1e-6);
        Assert.Equal([0.5, 0.5, 1.5], weights.Select(weight => Math.Round(weight * 2.5 / 3, 6)));
        Assert.Throws<ArgumentException>(() => SampleUniqueness.Of([new LabelSpan("A", 3, 2)]));
        Assert.Throws<ArgumentException>(() => SampleUniqueness.Weights([1], [1, 2]));
    }
}
