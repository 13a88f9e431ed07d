namespace TrainingCluster.Models.Policy;

/// <summary>
/// Scratch memory for one network and batches of up to a number of rows. Not for two threads.
/// </summary>
public sealed class DenseActivations
{
    private readonly DenseNetwork _network;
    private readonly float[][] _outputs;
    private readonly float[][] _slopes;
    private readonly float[] _transposed;

    public DenseActivations(DenseNetwork network, int maximumRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumRows, 1);

        _network = network;
        MaximumRows = maximumRows;
        _outputs = [.. Enumerable.Range(1, network.Layers).Select(l =>
            new float[maximumRows * network.Width(l)])];
        _slopes = [.. Enumerable.Range(1, network.Layers).Select(l =>
            new float[maximumRows * network.Width(l)])];
        _transposed = new float[Enumerable.Range(0, network.Layers).Max(l =>
            network.Width(l) * network.Width(l + 1))];
    }

    public int MaximumRows { get; }

    internal Span<float> Output(int layer, int rows) =>
        _outputs[layer].AsSpan(0, rows * _network.Width(layer + 1));

    internal Span<float> Slope(int layer, int rows) =>
        _slopes[layer].AsSpan(0, rows * _network.Width(layer + 1));

    internal Span<float> Transposed(int count) => _transposed.AsSpan(0, count);
}
