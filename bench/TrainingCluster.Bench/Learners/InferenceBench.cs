using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Models.Policy;

namespace TrainingCluster.Bench.Learners;

/// <summary>One decision at a time: the encoder on a window of 60 bars, and a policy on an observation.</summary>
internal static class InferenceBench
{
    private const int Windows = 2_000;
    private const int Observations = 50_000;

    public static IEnumerable<Measurement> Run() => [.. Encoder(), .. Policy()];

    private static IEnumerable<Measurement> Encoder()
    {
        NumericProfile.Apply();
        var sizes = new CnnLstmArchitecture(16, 60, 3, 1, 32, 64, 64);
        using var network = new CnnLstmNetwork(sizes, new RandomStream(1));
        var forward = new CnnLstmForward(network);
        var windows = Draw(64 * 60 * 16);
        foreach (var figure in Comparison.Of(
            "inference.cnn_lstm.batch_1", "windows/s", 10_000, Windows,
            () =>
            {
                for (var i = 0; i < Windows; i++)
                {
                    forward.Logits(windows.AsSpan(i % 64 * 960, 960));
                }
            },
            PeerProcess.StartOne("inference.py", "encoder")))
        {
            yield return figure;
        }
    }

    private static IEnumerable<Measurement> Policy()
    {
        var network = PpoNetwork.Create(new PpoNetworkOptions(257, 3), new RandomStream(1));
        var policy = new PpoPolicy(network, null);
        var observations = Draw(64 * 257);
        foreach (var figure in Comparison.Of(
            "inference.policy_64_64.batch_1", "actions/s", null, Observations,
            () =>
            {
                for (var i = 0; i < Observations; i++)
                {
                    policy.Act(observations.AsSpan(i % 64 * 257, 257));
                }
            },
            PeerProcess.StartOne("inference.py", "policy")))
        {
            yield return figure;
        }
    }

    private static float[] Draw(int count)
    {
        var random = new RandomStream(2);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
    }
}
