using TrainingCluster.Models.Artifacts;

namespace TrainingCluster.Models.Policy;

/// <summary>The parameters of a <see cref="DenseNetwork"/> as tensors of a model file.</summary>
public static class DenseNetworkTensors
{
    /// <summary>Adds the parameters as PyTorch lays them out: of each layer weight [out, in] and bias [out].</summary>
    /// <param name="name">Begins each name: "policy" gives policy.0.weight, policy.0.bias, policy.2.weight …</param>
    public static void Export(
        DenseNetwork shape, ReadOnlySpan<float> parameters, string name,
        ImmutableSortedDictionary<string, ArtifactTensor>.Builder tensors)
    {
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var (inner, outer) = (shape.Width(layer), shape.Width(layer + 1));
            var weight = new float[inner * outer];
            DenseKernels.Transpose(parameters.Slice(shape.WeightOffset(layer), inner * outer), inner,
                outer, weight);
            tensors[$"{name}.{2 * layer}.weight"] = ArtifactTensor.Of(weight.AsSpan(), outer, inner);
            tensors[$"{name}.{2 * layer}.bias"] =
                ArtifactTensor.Of(parameters.Slice(shape.BiasOffset(layer), outer), outer);
        }
    }

    /// <summary>Fills flat parameters from the tensors of <see cref="Export"/>.</summary>
    /// <exception cref="ArtifactFormatException">A tensor is missing or has another shape or type.</exception>
    public static void Import(
        DenseNetwork shape, Span<float> parameters, string name,
        IReadOnlyDictionary<string, ArtifactTensor> tensors)
    {
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var (inner, outer) = (shape.Width(layer), shape.Width(layer + 1));
            var weight = Floats(tensors, $"{name}.{2 * layer}.weight", [outer, inner]);
            DenseKernels.Transpose(weight, outer, inner,
                parameters.Slice(shape.WeightOffset(layer), inner * outer));
            Floats(tensors, $"{name}.{2 * layer}.bias", [outer]).CopyTo(
                parameters[shape.BiasOffset(layer)..]);
        }
    }

    private static float[] Floats(
        IReadOnlyDictionary<string, ArtifactTensor> tensors, string name, ImmutableArray<long> shape)
    {
        if (!tensors.TryGetValue(name, out var tensor) || tensor.DType != "F32"
            || !tensor.Shape.SequenceEqual(shape))
        {
            var found = tensor is null ? "missing" : $"{tensor.DType} [{string.Join(", ", tensor.Shape)}]";
            throw new ArtifactFormatException(
                $"tensor '{name}' is {found}; it must be F32 [{string.Join(", ", shape)}]");
        }

        return tensor.Floats();
    }

    /// <summary>Every network's tensors of flat parameters that hold one after the other.</summary>
    public static ImmutableSortedDictionary<string, ArtifactTensor> Export(
        ImmutableArray<NamedNetwork> networks, ReadOnlySpan<float> parameters)
    {
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, ArtifactTensor>(StringComparer.Ordinal);
        var at = 0;
        foreach (var (name, shape) in networks)
        {
            Export(shape, parameters.Slice(at, shape.ParameterCount), name, tensors);
            at += shape.ParameterCount;
        }

        return tensors.ToImmutable();
    }

    /// <summary>The flat parameters of networks one after the other.</summary>
    /// <exception cref="ArtifactFormatException">A tensor is missing or has another shape or type.</exception>
    public static float[] Import(
        ImmutableArray<NamedNetwork> networks, IReadOnlyDictionary<string, ArtifactTensor> tensors)
    {
        var parameters = new float[networks.Sum(network => network.Shape.ParameterCount)];
        var at = 0;
        foreach (var (name, shape) in networks)
        {
            Import(shape, parameters.AsSpan(at, shape.ParameterCount), name, tensors);
            at += shape.ParameterCount;
        }

        return parameters;
    }
}

/// <summary>A network and what its tensors' names begin with.</summary>
public sealed record NamedNetwork(string Name, DenseNetwork Shape);
