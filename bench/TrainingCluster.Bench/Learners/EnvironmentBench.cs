using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Environments.PeerMarket;

namespace TrainingCluster.Bench.Learners;

/// <summary>Steps of the peer market's episodes, the observations of 257 floats written.</summary>
internal static class EnvironmentBench
{
    private const int Episodes = 8;
    private const int Steps = 500_000;

    public static IEnumerable<Measurement> Run()
    {
        var environment = new PeerMarketEnvironment(
            PeerMarketData.Generate(), Episodes, 1, PeerMarketEnvironment.Training);
        var step = new VectorStep(Episodes, PeerMarketEnvironment.Entries);
        environment.Reset(step.Observations);
        var random = new RandomStream(5);
        int[] drawn = [.. Enumerable.Range(0, 64 * Episodes).Select(_ => random.NextInt32(3))];
        foreach (var figure in Comparison.Of(
            "env.peer_market.8_in_a_vector", "steps/s", 10_000_000, (double)Steps * Episodes,
            () =>
            {
                for (var i = 0; i < Steps; i++)
                {
                    environment.Step(drawn.AsSpan(i % 64 * Episodes, Episodes), step);
                }
            },
            PeerProcess.StartOne("environment.py")))
        {
            yield return figure;
        }
    }
}
