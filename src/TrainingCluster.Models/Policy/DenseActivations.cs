using TrainingCluster.Models.Numerics;

namespace TrainingCluster.Models.Policy;

/// <summary>
/// Scratch memory for one network and batches of up to a number of rows. Not for two threads.
/// </summary>
public sealed class DenseActivations
{
    private readonly DenseNetwork _network;
    private readonly Memory<float>[] _outputs;
    private readonly Memory<float>[] _slopes;
    private readonly Memory<float> _transposed;

    public DenseActivations(DenseNetwork network, int maximumRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumRows, 1);

        _network = network;
        MaximumRows = maximumRows;
        _outputs = [.. Enumerable.Range(1, network.Layers).Select(l =>
            AlignedFloats.Allocate(maximumRows * network.Width(l)))];
        _slopes = [.. Enumerable.Range(1, network.Layers).Select(l =>
            AlignedFloats.Allocate(maximumRows * network.Width(l)))];
        _transposed = AlignedFloats.Allocate(Enumerable.Range(0, network.Layers).Max(l =>
            network.Width(l) * network.Width(l + 1)));
    }

    public int MaximumRows { get; }

    internal Span<float> Output(int layer, int rows) =>
        _outputs[layer].Span[..(rows * _network.Width(layer + 1))];

    internal Span<float> Slope(int layer, int rows) =>
        _slopes[layer].Span[..(rows * _network.Width(layer + 1))];

    internal Span<float> Transposed(int count) => _transposed.Span[..count];
}
