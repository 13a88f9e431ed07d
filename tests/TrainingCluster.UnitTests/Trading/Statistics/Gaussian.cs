using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.UnitTests.Trading.Statistics;

/// <summary>Independent standard normals.</summary>
internal static class Gaussian
{
    public static double[][] Series(int models, int bars, ulong seed)
    {
        var stream = new Seed(seed).For("gaussian").Stream();
        return [.. Enumerable.Range(0, models).Select(_ => Series(stream, bars))];
    }

    public static double[] Series(RandomStream stream, int bars) =>
        [.. Enumerable.Range(0, bars).Select(_ => stream.NextGaussian())];
}
