using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Models.Policy;
using TrainingCluster.Models.Values;
using TrainingCluster.Training.Dqn;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Sac;
using TrainingCluster.Training.Td3;
using static TorchSharp.torch;

namespace TrainingCluster.LearningTests.Hybrid;

/// <summary>What an update of a learner from replay hands down to what computed its observations.</summary>
public sealed class ObservationSlopeSpecs
{
    private const int Rows = 6;
    private const int Entries = 5;

    public static TheoryData<BranchingNetworkOptions> Shapes => new(
        new BranchingNetworkOptions(Entries, [4]) { Trunk = [7, 6] },
        new BranchingNetworkOptions(Entries, [2, 3])
        {
            // Entry 2 is read by both encoders, entry 4 by none.
            Encoders = [new EncoderSlice(0, 3, [5]), new EncoderSlice(2, 2, [6])],
            Trunk = [7],
            Head = [4],
            Auxiliary = true,
        });

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_branching_networks_slopes_equal_finite_differences(BranchingNetworkOptions options)
    {
        options = options with { Hidden = Nonlinearity.Tanh };
        var random = new Seed(3).Stream();
        var network = new BranchingNetwork(options);
        var scratch = new BranchingScratch(network, Rows);
        var parameters = new float[network.ParameterCount];
        network.Initialize(parameters, random, random);
        var (input, slopes) = (Draw(Rows * Entries, random), Draw(Rows * options.Choices, random));
        var auxiliary = options.Auxiliary ? Draw(Rows, random) : [];
        // What was there before must not matter.
        var found = Draw(input.Length, random);

        double Loss()
        {
            var sum = Sum(network.Forward(parameters, input, Rows, scratch), slopes);
            return options.Auxiliary ? sum + Sum(network.Auxiliary(parameters, Rows, scratch), auxiliary) : sum;
        }

        Loss();
        network.Backward(
            parameters, input, Rows, scratch, slopes, auxiliary, 1, new float[parameters.Length], found);

        EqualFiniteDifferences(input, found, Loss);
        Assert.Equal(options.Auxiliary, found[4] == 0);
    }

    [Fact]
    public void A_branching_networks_slopes_equal_libtorchs_autograd()
    {
        var random = new Seed(4).Stream();
        var network = new BranchingNetwork(new BranchingNetworkOptions(Entries, [3]) { Trunk = [8] });
        var scratch = new BranchingScratch(network, Rows);
        var parameters = new float[network.ParameterCount];
        network.Initialize(parameters, random, random);
        var (input, slopes, found) =
            (Draw(Rows * Entries, random), Draw(Rows * 3, random), new float[Rows * Entries]);
        network.Forward(parameters, input, Rows, scratch);
        network.Backward(parameters, input, Rows, scratch, slopes, [], 1, new float[parameters.Length], found);

        using var scope = NewDisposeScope();
        var tensors = DenseNetworkTensors.Export(network.Named, parameters);
        var x = TensorCopies.Of(input, Rows, Entries).requires_grad_(true);
        var features = Layer(x, tensors, "trunk.0").relu();
        var advantages = Layer(features, tensors, "branch0.0");
        var values = Layer(features, tensors, "value.0") + advantages - advantages.mean([1], keepdim: true);
        (values * TensorCopies.Of(slopes, Rows, 3)).sum().backward();

        Near(Gradient(x), found, 1e-5);
    }

    [Fact]
    public void Dqns_slopes_are_those_of_its_loss()
    {
        var algorithm = new DqnAlgorithm(
            new DqnOptions { Learning = Learning, Trunk = [9], HuberWidth = double.PositiveInfinity },
            new BranchingNetworkOptions(Entries, [3]) { Trunk = [9], Hidden = Nonlinearity.Tanh }, 1, new Seed(5));
        var batch = Batch(random => random.NextInt32(3));
        var step = Step(0);
        algorithm.Update(batch, step, new float[Rows]);

        // Without a discount the targets are the rewards: the loss is a function of the observations alone.
        EqualFiniteDifferences(
            batch.Observations, step.ObservationSlopes,
            () => algorithm.Update(batch, step with { Skip = true, ObservationSlopes = [] }, new float[Rows]).Loss);
    }

    [Fact]
    public void Td3s_slopes_are_the_critics_and_with_the_actors_turn_the_actors_too()
    {
        var algorithm = new Td3Algorithm(
            new Td3Options { Learning = Learning, Hidden = [8] }, Entries, 1, 1, new Seed(6));
        var batch = Batch(random => (float)(2 * random.NextDouble() - 1));
        var learned = algorithm.Learned();

        var (first, second) = (Step(0), Step(1));
        algorithm.Update(batch, first, new float[Rows]);
        algorithm.Update(batch, second, new float[Rows]);

        using var scope = NewDisposeScope();
        var tensors = DenseNetworkTensors.Export(algorithm.Networks, learned);
        var critics = CriticSlopes(tensors, batch, 1);
        Near(critics, first.ObservationSlopes, 1e-5);
        // μ(s) moves, the critic's own s does not.
        var x = TensorCopies.Of(batch.Observations, Rows, Entries).requires_grad_(true);
        var action = Layer(Layer(x, tensors, "policy.0").relu(), tensors, "policy.2").tanh();
        var fixedInput = TensorCopies.Of(batch.Observations, Rows, Entries);
        (-Critic(tensors, "critic1", cat([fixedInput, action], 1)).mean()).backward();
        var actor = Gradient(x);
        Near([.. critics.Zip(actor, (critic, own) => critic + own)], second.ObservationSlopes, 1e-5);
        Assert.Contains(actor, slope => Math.Abs(slope) > 1e-4);
    }

    [Fact]
    public void Sacs_slopes_are_the_critics_and_the_actors()
    {
        var options = new SacOptions { Learning = Learning, Hidden = [8], InitialTemperature = 0.3 };
        var algorithm = new SacAlgorithm(options, Entries, 1, 1, new Seed(7));
        var batch = Batch(random => (float)(2 * random.NextDouble() - 1));
        var learned = algorithm.Learned();
        var step = Step(0);
        algorithm.Update(batch, step, new float[Rows]);

        using var scope = NewDisposeScope();
        var tensors = DenseNetworkTensors.Export(algorithm.Networks, learned);
        var random = new RandomStream(8);
        float[] noise = [.. Enumerable.Range(0, Rows).Select(_ => (float)random.NextGaussian())];
        var x = TensorCopies.Of(batch.Observations, Rows, Entries).requires_grad_(true);
        var heads = Layer(Layer(x, tensors, "policy.0").relu(), tensors, "policy.2");
        var (mean, logDeviation) = (heads.narrow(1, 0, 1), heads.narrow(1, 1, 1).clamp(-20, 2));
        var epsilon = TensorCopies.Of(noise, Rows, 1);
        var action = (mean + logDeviation.exp() * epsilon).tanh();
        var log = -(epsilon * epsilon) * 0.5 - logDeviation - (1 - action * action + 1e-6).log();
        var input = cat([TensorCopies.Of(batch.Observations, Rows, Entries), action], 1);
        var value = minimum(Critic(tensors, "critic1", input), Critic(tensors, "critic2", input));
        (log * 0.3 - value).mean().backward();

        var actor = Gradient(x);
        Near(
            [.. CriticSlopes(tensors, batch, 0.5).Zip(actor, (critic, own) => critic + own)],
            step.ObservationSlopes, 2e-5);
        Assert.Contains(actor, slope => Math.Abs(slope) > 1e-4);
    }

    private static OffPolicyOptions Learning => new() { TotalSteps = 100, BatchSize = Rows };

    /// <summary>Changes no weight, so that the next update sees the same networks.</summary>
    private static UpdateStep Step(long number) =>
        new(number, 1e-3, double.PositiveInfinity, true, false, new RandomStream(8))
        {
            ObservationSlopes = new float[Rows * Entries],
        };

    private static ReplayBatch Batch(Func<RandomStream, float> action)
    {
        var random = new RandomStream(9);
        var batch = new ReplayBatch(Rows, Entries, 1);
        Draw(Rows * Entries, random).CopyTo(batch.Observations, 0);
        Draw(Rows * Entries, random).CopyTo(batch.NextObservations, 0);
        Draw(Rows, random).CopyTo(batch.Rewards, 0);
        Array.Fill(batch.Weights, 1f);
        for (var row = 0; row < Rows; row++)
        {
            batch.Actions[row] = action(random);
        }

        return batch;
    }

    /// <summary>Of scale × the summed mean squared errors of both critics against the rewards.</summary>
    private static float[] CriticSlopes(
        IReadOnlyDictionary<string, ArtifactTensor> tensors, ReplayBatch batch, double scale)
    {
        var x = TensorCopies.Of(batch.Observations, Rows, Entries).requires_grad_(true);
        var input = cat([x, TensorCopies.Of(batch.Actions, Rows, 1)], 1);
        var target = TensorCopies.Of(batch.Rewards, Rows, 1);
        Tensor Loss(string name)
        {
            var error = Critic(tensors, name, input) - target;
            return (error * error).mean() * scale;
        }

        (Loss("critic1") + Loss("critic2")).backward();
        return Gradient(x);
    }

    private static Tensor Critic(IReadOnlyDictionary<string, ArtifactTensor> tensors, string name, Tensor input) =>
        Layer(Layer(input, tensors, name + ".0").relu(), tensors, name + ".2");

    private static Tensor Layer(Tensor x, IReadOnlyDictionary<string, ArtifactTensor> tensors, string name)
    {
        Tensor Of(string part) => TensorCopies.Of(tensors[name + part].Floats(), [.. tensors[name + part].Shape]);
        return x.matmul(Of(".weight").t()).add(Of(".bias"));
    }

    private static float[] Gradient(Tensor leaf)
    {
        var values = new float[leaf.numel()];
        TensorCopies.Gradient(leaf, values);
        return values;
    }

    private static double Sum(ReadOnlySpan<float> values, float[] slopes)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += (double)values[i] * slopes[i];
        }

        return sum;
    }

    private static void EqualFiniteDifferences(float[] inputs, float[] slopes, Func<double> loss)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            const float step = 5e-3f;
            var kept = inputs[i];
            inputs[i] = kept + step;
            var higher = loss();
            inputs[i] = kept - step;
            var lower = loss();
            inputs[i] = kept;
            Assert.Equal((higher - lower) / (2 * step), slopes[i], 1e-3);
        }

        Assert.Contains(slopes, slope => Math.Abs(slope) > 1e-2);
    }

    private static float[] Draw(int count, RandomStream random) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];

    private static void Near(float[] expected, float[] actual, double tolerance)
    {
        var scale = Math.Max(1, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"{i}: {expected[i]} and {actual[i]}");
        }
    }
}
