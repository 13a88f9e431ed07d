using TrainingCluster.Cluster.Data;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.UnitTests.Cluster.Data;

public sealed class BarSeriesArtifactSpecs
{
    private static readonly BarSeries Bars = BarSeries.Create(
        "münze",
        [1_000, 2_000, 4_000],
        [1, 2, 3],
        [1.5, 2.5, 3.5],
        [.5, 1.5, 2.5],
        [1.25, 2.25, 3.25],
        [10, -0.0, 30],
        [new BarColumn("signal", new[] { .1, double.NaN, -.3 })]);

    [Fact]
    public void The_bytes_have_the_digest_of_the_bars() =>
        Assert.Equal(Bars.Digest, Digest.Of(BarSeriesArtifact.ToBytes(Bars)));

    [Fact]
    public void Bars_come_back_as_they_went()
    {
        var back = BarSeriesArtifact.Read(BarSeriesArtifact.ToBytes(Bars), Bars.Digest);

        Assert.Equal(Bars.Digest, back.Digest);
        Assert.Equal("münze", back.Symbol);
        Assert.Equal(Bars.Close.ToArray(), back.Close.ToArray());
        Assert.Equal("signal", back.Extra.Single().Name);
        Assert.True(double.IsNaN(back.Extra.Single().Values.Span[1]));
    }

    [Fact]
    public void Other_bars_than_expected_are_refused() =>
        Assert.Throws<BarArtifactException>(() =>
            BarSeriesArtifact.Read(BarSeriesArtifact.ToBytes(Bars), Digest.Of("other")));

    [Fact]
    public void Bytes_that_end_early_are_refused_wherever_they_end()
    {
        var bytes = BarSeriesArtifact.ToBytes(Bars);
        for (var length = 0; length < bytes.Length; length += 7)
        {
            var cut = bytes[..length];
            Assert.Throws<BarArtifactException>(() => BarSeriesArtifact.Read(cut, Bars.Digest));
        }
    }
}
