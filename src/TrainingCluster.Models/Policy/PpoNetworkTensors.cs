using TrainingCluster.Models.Artifacts;

namespace TrainingCluster.Models.Policy;

/// <summary>The parameters of a <see cref="PpoNetwork"/> as tensors of a model file.</summary>
public static class PpoNetworkTensors
{
    /// <summary>
    /// The parameters as named tensors in PyTorch's layout (weight [out, in], names as in a Sequential of
    /// Linear and Tanh: policy.0.weight, policy.0.bias, policy.2.weight …).
    /// </summary>
    /// <param name="prefix">Put before each name, with its dot.</param>
    public static ImmutableSortedDictionary<string, ArtifactTensor> ToTensors(
        this PpoNetwork network, string prefix = "")
    {
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, ArtifactTensor>(StringComparer.Ordinal);
        Export(network.Policy, network.PolicyParameters, prefix + "policy", tensors);
        Export(network.Value, network.ValueParameters, prefix + "value", tensors);
        return tensors.ToImmutable();
    }

    /// <exception cref="ArtifactFormatException">A tensor is missing or has another shape or
    /// type.</exception>
    public static PpoNetwork FromTensors(
        PpoNetworkOptions options, IReadOnlyDictionary<string, ArtifactTensor> tensors, string prefix = "")
    {
        var network = new PpoNetwork(options, null);
        Import(network.Policy, network.PolicyParameters, prefix + "policy", tensors);
        Import(network.Value, network.ValueParameters, prefix + "value", tensors);
        return network;
    }

    private static void Export(
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

    private static void Import(
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
}
