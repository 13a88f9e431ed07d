using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Hybrid;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Ppo;
using static TorchSharp.torch;

namespace TrainingCluster.LearningTests.Hybrid;

public sealed class HybridGradientSpecs
{
    [Fact]
    public void The_gradient_reaches_the_encoder_through_the_logits()
    {
        const int windows = 3, rows = 5, entries = 7;
        var random = new Seed(11).Stream();
        var encoder = new CnnLstmNetwork(new CnnLstmArchitecture(2, 5, 3, 1, 3, 3, 4), random);
        var policy = PpoNetwork.Create(new PpoNetworkOptions(entries, 3) { Hidden = [11] }, random);
        foreach (ref var parameter in policy.Parameters)
        {
            parameter += (float)(0.3 * random.NextGaussian());
        }

        var scaling = new NormalizerState(10, [.. Numbers(entries, random)],
            [.. Enumerable.Repeat(0.5, entries)]);
        using var network = new JoinedEncoder(encoder, scaling);
        var input = Numbers(windows * 5 * 2, random).Select(x => (float)x).ToArray();
        HybridRow[] shown = [new(0, 1), new(2, -1), new(1, 1), new(2, -1), new(0, 1)];
        var batch = Batch(rows, entries, random);
        var weights = new PpoLossWeights(0.2, 0.5, 0.01);
        var gradient = new float[network.EncoderParameters];

        double Loss(Span<float> by)
        {
            var loss = new PpoGradient(policy, rows);
            var total = 0.0;
            var inputs = new float[rows * entries];
            using var scope = NewDisposeScope();
            network.Backward(
                TensorCopies.Of(input, windows, 5, 2), shown, batch.Observations,
                () =>
                {
                    total = loss.Compute(policy, batch, weights, new float[policy.ParameterCount],
                        inputs).Total;
                    return inputs;
                },
                by);
            return total;
        }

        Loss(gradient);

        var flat = NetworkWeights.Flatten(encoder);
        var scratch = new float[gradient.Length];
        for (var i = 0; i < flat.Length; i += 7)
        {
            const float delta = 5e-3f;
            var kept = flat[i];
            flat[i] = kept + delta;
            NetworkWeights.Restore(encoder, flat);
            var above = Loss(scratch);
            flat[i] = kept - delta;
            NetworkWeights.Restore(encoder, flat);
            var below = Loss(scratch);
            flat[i] = kept;
            var numeric = (above - below) / (2 * delta);
            Assert.True(Math.Abs(numeric - gradient[i]) < 2e-3,
                $"weight {i}: exact {gradient[i]}, numeric {numeric}");
        }

        Assert.Contains(gradient, slope => Math.Abs(slope) > 1e-3);
    }

    private static PpoBatch Batch(int rows, int entries, RandomStream random)
    {
        var batch = new PpoBatch(rows, entries);
        for (var i = 0; i < batch.Observations.Length; i++)
        {
            batch.Observations[i] = (float)random.NextGaussian();
        }

        for (var row = 0; row < rows; row++)
        {
            batch.Actions[row] = random.NextInt32(3);
            batch.OldLogProbabilities[row] = -1.1f;
            batch.Advantages[row] = (float)random.NextGaussian();
            batch.Returns[row] = (float)random.NextGaussian();
        }

        return batch;
    }

    private static double[] Numbers(int count, RandomStream random) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
}
