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
        DenseNetworkTensors.Export(network.Policy, network.PolicyParameters, prefix + "policy", tensors);
        DenseNetworkTensors.Export(network.Value, network.ValueParameters, prefix + "value", tensors);
        return tensors.ToImmutable();
    }

    /// <exception cref="ArtifactFormatException">A tensor is missing or has another shape or
    /// type.</exception>
    public static PpoNetwork FromTensors(
        PpoNetworkOptions options, IReadOnlyDictionary<string, ArtifactTensor> tensors, string prefix = "")
    {
        var network = new PpoNetwork(options, null);
        DenseNetworkTensors.Import(network.Policy, network.PolicyParameters, prefix + "policy", tensors);
        DenseNetworkTensors.Import(network.Value, network.ValueParameters, prefix + "value", tensors);
        return network;
    }
}
