using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Policies;
using static TorchSharp.torch;

namespace TrainingCluster.LearningTests.Ppo;

/// <summary>The perceptrons' own arithmetic against libtorch's, on the same numbers.</summary>
public sealed class DenseNetworkTorchSpecs
{
    private const int Rows = 37;
    private static readonly PpoNetworkOptions Shape = new(13, 4) { Hidden = [64, 29] };

    [Fact]
    public void Outputs_and_gradients_equal_libtorchs_autograd()
    {
        var random = new Seed(6).Stream();
        var network = PpoNetwork.Create(Shape, random);
        foreach (ref var parameter in network.Parameters)
        {
            parameter += (float)(0.2 * random.NextGaussian());
        }

        var input = Draw(Rows * 13, random);
        var slope = Draw(Rows * 4, random);
        var scratch = new DenseActivations(network.Policy, Rows);
        var gradient = new float[network.ParameterCount];
        var inputGradient = new float[input.Length];

        var logits = network.Logits(input, Rows, scratch).ToArray();
        network.PolicyBackward(input, Rows, scratch, slope, gradient, inputGradient);

        using var scope = NewDisposeScope();
        var tensors = network.ToTensors();
        var x = TensorCopies.Of(input, Rows, 13).requires_grad_(true);
        var weights = new List<(string Name, Tensor Value)>();
        var y = x;
        for (var layer = 0; layer < 3; layer++)
        {
            var weight = Leaf(weights, tensors, $"policy.{2 * layer}.weight");
            var bias = Leaf(weights, tensors, $"policy.{2 * layer}.bias");
            y = y.matmul(weight.t()).add(bias);
            y = layer < 2 ? y.tanh() : y;
        }

        (y * TensorCopies.Of(slope, Rows, 4)).sum().backward();

        Near(TensorCopies.Floats(y), logits);
        Near(Gradient(x), inputGradient);
        var own = PpoNetwork.FromParameters(Shape, gradient).ToTensors();
        foreach (var (name, value) in weights)
        {
            Near(Gradient(value), own[name].Floats());
        }
    }

    [Fact]
    public void Updates_equal_those_of_libtorchs_adam()
    {
        var random = new Seed(8).Stream();
        var parameters = Draw(50, random);
        using var scope = NewDisposeScope();
        var parameter = new TorchSharp.Modules.Parameter(TensorCopies.Of((float[])parameters.Clone(), 50));
        var theirs = optim.Adam([parameter], 1e-2, 0.9, 0.999, 1e-5);
        var ours = new Adam(50, 1e-5);

        for (var step = 0; step < 20; step++)
        {
            var slope = Draw(50, random);
            theirs.zero_grad();
            (parameter * TensorCopies.Of(slope, 50)).sum().backward();
            theirs.step();
            ours.Update(parameters, slope, 1e-2);
        }

        Near(TensorCopies.Floats(parameter), parameters);
    }

    private static Tensor Leaf(
        List<(string Name, Tensor Value)> weights,
        IReadOnlyDictionary<string, TrainingCluster.Models.Artifacts.ArtifactTensor> tensors, string name)
    {
        var leaf = TensorCopies.Of(tensors[name].Floats(), [.. tensors[name].Shape]).requires_grad_(true);
        weights.Add((name, leaf));
        return leaf;
    }

    private static float[] Gradient(Tensor leaf)
    {
        var values = new float[leaf.numel()];
        TensorCopies.Gradient(leaf, values);
        return values;
    }

    private static float[] Draw(int count, RandomStream random) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];

    /// <summary>Within 10⁻⁵ of the size of the largest number.</summary>
    private static void Near(float[] expected, float[] actual)
    {
        var scale = Math.Max(1, expected.Max(Math.Abs));
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5 * scale,
                $"{i}: {expected[i]} and {actual[i]}");
        }
    }
}
