using TrainingCluster.Models.Numerics;

namespace TrainingCluster.Models.Policy;

/// <summary>
/// Scratch memory for one network and batches of up to a number of rows. Two threads may use it for two ranges of rows,
/// one of which begins at 0.
/// </summary>
public sealed class DenseActivations
{
    private readonly DenseNetwork _network;
    private readonly Memory<float>[] _outputs;
    private readonly Memory<float>[] _slopes;
    private readonly Memory<float> _transposed;
    private readonly Memory<float> _transposedBeside;

    public DenseActivations(DenseNetwork network, int maximumRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumRows, 1);

        _network = network;
        MaximumRows = maximumRows;
        _outputs = [.. Enumerable.Range(1, network.Layers).Select(l =>
            AlignedFloats.Allocate(maximumRows * network.Width(l)))];
        _slopes = [.. Enumerable.Range(1, network.Layers).Select(l =>
            AlignedFloats.Allocate(maximumRows * network.Width(l)))];
        var largest = Enumerable.Range(0, network.Layers).Max(l => network.Width(l) * network.Width(l + 1));
        _transposed = AlignedFloats.Allocate(largest);
        _transposedBeside = AlignedFloats.Allocate(largest);
    }

    public int MaximumRows { get; }

    /// <summary>The network's outputs [rows, outputs] of the last forward pass.</summary>
    public ReadOnlySpan<float> Outputs(int rows) => Output(_network.Layers - 1, rows);

    internal Span<float> Output(int layer, int rows) => Output(layer, new RowRange(0, rows));

    internal Span<float> Output(int layer, RowRange range) =>
        range.Of(_outputs[layer].Span, _network.Width(layer + 1));

    internal Span<float> Slope(int layer, RowRange range) =>
        range.Of(_slopes[layer].Span, _network.Width(layer + 1));

    /// <summary>For a transposed weight; ranges that begin at 0 have another one than the rest.</summary>
    internal Span<float> Transposed(RowRange range, int count) =>
        (range.First == 0 ? _transposed : _transposedBeside).Span[..count];
}
