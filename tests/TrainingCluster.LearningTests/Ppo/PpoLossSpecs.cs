using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;

namespace TrainingCluster.LearningTests.Ppo;

public sealed class PpoLossSpecs
{
    private static readonly float[] Old =
        [-1.2000000476837158f, -0.699999988079071f, -0.30000001192092896f, -2];
    private static readonly float[] New = [-1, -0.8999999761581421f, -0.10000000149011612f, -1.5f];

    /// <summary>Golden numbers of PyTorch in double precision on the same inputs (clip .2).</summary>
    [Fact]
    public void Surrogate_gradient_clip_fraction_and_divergence_equal_the_golden_numbers()
    {
        float[] advantages = [1, -2, 0.5f, 3];
        var gradient = new float[4];

        PpoLoss.NormalizeAdvantages(advantages);
        var surrogate = PpoLoss.Surrogate(New, Old, advantages, 0.2, gradient);

        Near([0.18234920501708984, -1.276444435119629, -0.06078306958079338, 1.1548782587051392], advantages);
        Assert.Equal(-0.1213420182466507, surrogate.Loss, 1e-6);
        Assert.Equal(0.75, surrogate.ClipFraction, 1e-12);
        Assert.Equal(0.05256439000368118, surrogate.ApproximateKl, 1e-6);
        Near([0, 0.2612660825252533, 0.018560152500867844, 0], gradient);
    }

    /// <summary>Worked out by hand: the change is cut to ±0.5 in the first three.</summary>
    [Fact]
    public void A_clipped_value_counts_its_larger_error_and_sends_nothing_back_where_it_is_cut()
    {
        float[] values = [2, 2, -1, 0.2f];
        float[] old = [1, 1, 0, 0];
        float[] targets = [3, 1, 0, 1];
        var gradient = new float[4];

        var error = PpoLoss.ClippedValueError(values, old, targets, 0.5, 0.5, gradient);

        Assert.Equal((2.25 + 1 + 1 + 0.64) / 4, error, 1e-6);
        Near([0, 0.25, -0.25, -0.2], gradient);
    }

    [Fact]
    public void A_gradient_and_an_update_allocate_nothing()
    {
        var random = new Seed(5).Stream();
        var network = PpoNetwork.Create(new PpoNetworkOptions(7, 3), random);
        var (loss, gradient) = (new PpoGradient(network, 13), new float[network.ParameterCount]);
        var (batch, adam) = (Batch(13, 7, 3, random), new Adam(gradient.Length, 1e-5));
        Update();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Update();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Update()
        {
            loss.Compute(network, batch, new PpoLossWeights(0.2, 0.5, 0.01), gradient, []);
            GradientNorm.Clip(gradient, GradientNorm.Of(gradient), 0.5);
            adam.Update(network.Parameters, gradient, 1e-3);
        }
    }

    [Fact]
    public void Normalised_advantages_have_mean_zero_and_standard_deviation_one_with_divisor_n_minus_one()
    {
        float[] advantages = [3, -1, 4, 1, -5];

        PpoLoss.NormalizeAdvantages(advantages);

        Assert.Equal(0, advantages.Sum(), 1e-6);
        Assert.Equal(1, advantages.Sum(a => (double)a * a) / 4, 1e-6);
    }

    [Fact]
    public void The_whole_gradient_equals_finite_differences()
    {
        var random = new Seed(5).Stream();
        var shape = new PpoNetworkOptions(7, 3) { Hidden = [11, 5] };
        var network = PpoNetwork.Create(shape, random);
        Scatter(network.Parameters, random);
        var batch = Batch(13, 7, 3, random);
        var weights = new PpoLossWeights(0.2, 0.5, 0.03, 0.7);
        var loss = new PpoGradient(network, 13);
        var gradient = new float[network.ParameterCount];
        var inputs = new float[13 * 7];

        loss.Compute(network, batch, weights, gradient, inputs);

        Compare(network.Parameters.ToArray(), gradient, (values, i, delta) =>
        {
            var moved = (float[])values.Clone();
            moved[i] += delta;
            return loss.Compute(
                PpoNetwork.FromParameters(shape, moved), batch, weights, new float[gradient.Length],
                []).Total;
        });
        Compare(batch.Observations, inputs, (values, i, delta) =>
        {
            var kept = values[i];
            values[i] += delta;
            var total = loss.Compute(network, batch, weights, new float[gradient.Length], []).Total;
            values[i] = kept;
            return total;
        });
    }

    private static void Compare(float[] at, float[] gradient, Func<float[], int, float, double> loss)
    {
        const float delta = 2e-3f;
        for (var i = 0; i < at.Length; i += 3)
        {
            var numeric = (loss(at, i, delta) - loss(at, i, -delta)) / (2 * delta);
            Assert.True(Math.Abs(numeric - gradient[i]) < 2e-3,
                $"entry {i}: exact {gradient[i]}, numeric {numeric}");
        }
    }

    private static void Scatter(Span<float> parameters, RandomStream random)
    {
        foreach (ref var parameter in parameters)
        {
            parameter += (float)(0.2 * random.NextGaussian());
        }
    }

    private static PpoBatch Batch(int rows, int entries, int actions, RandomStream random)
    {
        var batch = new PpoBatch(rows, entries) { AnchorLogProbabilities = new float[rows * actions] };
        for (var i = 0; i < batch.Observations.Length; i++)
        {
            batch.Observations[i] = (float)random.NextGaussian();
        }

        var logits = new float[actions];
        for (var row = 0; row < rows; row++)
        {
            batch.Actions[row] = random.NextInt32(actions);
            batch.OldLogProbabilities[row] = (float)(-1.1 + 0.05 * random.NextGaussian());
            batch.Advantages[row] = (float)random.NextGaussian();
            batch.Returns[row] = (float)random.NextGaussian();
            for (var j = 0; j < actions; j++)
            {
                logits[j] = (float)random.NextGaussian();
            }

            Categorical.LogProbabilities(logits, batch.AnchorLogProbabilities.AsSpan(row * actions, actions));
        }

        return batch;
    }

    private static void Near(double[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6);
        }
    }
}
