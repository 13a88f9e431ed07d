using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Artifacts;
using static TorchSharp.torch;

namespace TrainingCluster.Models.Numerics;

/// <summary>
/// The parameters of a network as plain numbers, always in ordinal order of their names: drawn from a stream,
/// flattened for an optimizer, written to and read from artifacts.
/// </summary>
public static class NetworkWeights
{
    /// <summary>
    /// Draws every parameter uniformly from ±1/√fan-in: LeCun et al. 1998, "Efficient BackProp", section 4.6,
    /// with the fan-in of a layer's input weights for its biases too, as PyTorch does. An LSTM's bound is
    /// 1/√hidden.
    /// </summary>
    public static void Draw(nn.Module network, RandomStream stream)
    {
        var shapes = Named(network).ToDictionary(p => p.Name, p => p.Parameter.shape, StringComparer.Ordinal);
        foreach (var (name, parameter) in Named(network))
        {
            var bound = 1 / Math.Sqrt(FanIn(name, shapes));
            var values = new float[parameter.numel()];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (float)(bound * (2 * stream.NextDouble() - 1));
            }

            Write(parameter, values);
        }
    }

    /// <summary>Sets every parameter to zero.</summary>
    public static void Clear(nn.Module network) => Restore(network, new float[Count(network)]);

    /// <summary>The parameters in ordinal order of their names.</summary>
    public static ImmutableArray<(string Name, Tensor Parameter)> Named(nn.Module network) =>
        [.. network.named_parameters().Select(p => (p.name, (Tensor)p.parameter))
            .OrderBy(p => p.name, StringComparer.Ordinal)];

    /// <summary>Number of single weights.</summary>
    public static int Count(nn.Module network) => checked((int)Named(network).Sum(p => p.Parameter.numel()));

    /// <summary>All weights end to end.</summary>
    public static float[] Flatten(nn.Module network)
    {
        var flat = new float[Count(network)];
        var offset = 0;
        foreach (var (_, parameter) in Named(network))
        {
            var values = TensorCopies.Floats(parameter);
            values.CopyTo(flat.AsSpan(offset));
            offset += values.Length;
        }

        return flat;
    }

    /// <summary>Overwrites all weights with those of <see cref="Flatten"/>.</summary>
    public static void Restore(nn.Module network, ReadOnlySpan<float> flat)
    {
        var offset = 0;
        foreach (var (_, parameter) in Named(network))
        {
            var count = (int)parameter.numel();
            Write(parameter, flat.Slice(offset, count).ToArray());
            offset += count;
        }
    }

    /// <summary>All gradients end to end; a parameter without one counts as zero.</summary>
    public static void Gradients(nn.Module network, Span<float> flat)
    {
        var offset = 0;
        foreach (var (_, parameter) in Named(network))
        {
            var count = (int)parameter.numel();
            TensorCopies.Gradient(parameter, flat.Slice(offset, count));
            offset += count;
        }
    }

    /// <summary>The parameters as artifact tensors, each name behind the prefix.</summary>
    public static IEnumerable<KeyValuePair<string, ArtifactTensor>> ToTensors(
        nn.Module network, string prefix = "") =>
        [.. Named(network).Select(p => new KeyValuePair<string, ArtifactTensor>(
            prefix + p.Name, ArtifactTensor.Of(TensorCopies.Floats(p.Parameter), p.Parameter.shape)))];

    /// <summary>Overwrites all parameters with an artifact's tensors.</summary>
    /// <exception cref="ArtifactFormatException">One is absent or of another shape.</exception>
    public static void Load(nn.Module network, ModelArtifact artifact, string prefix = "")
    {
        foreach (var (name, parameter) in Named(network))
        {
            Write(parameter, artifact.Tensor(prefix + name, "F32", parameter.shape).Floats());
        }
    }

    private static double FanIn(string name, Dictionary<string, long[]> shapes)
    {
        var dot = name.LastIndexOf('.') + 1;
        var leaf = name[dot..];
        var layer = leaf.IndexOf("_l", StringComparison.Ordinal);
        var weight = layer < 0 ? "weight" : "weight_hh" + leaf[layer..];
        var shape = shapes[name[..dot] + weight];
        return shape.Skip(1).Aggregate(1.0, (product, length) => product * length);
    }

    private static void Write(Tensor parameter, float[] values)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        parameter.copy_(TensorCopies.Of(values, parameter.shape));
    }
}
