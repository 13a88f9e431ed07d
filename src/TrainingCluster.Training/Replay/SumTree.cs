namespace TrainingCluster.Training.Replay;

/// <summary>
/// Non-negative weights of which one is found by a point in their cumulative sum, and one is changed, in
/// O(log n). Inner nodes are always the sum of their two children, never an old sum plus a difference: after
/// any number of changes the tree is bit for bit the one that its leaves alone would give.
/// </summary>
public sealed class SumTree
{
    private readonly double[] _nodes;

    /// <param name="count">Leaves, at least 1; all 0.</param>
    public SumTree(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        _nodes = new double[2 * Math.Max(2, count)];
    }

    public int Count { get; }

    /// <summary>Of all leaves.</summary>
    public double Total => _nodes[1];

    /// <summary>Bytes held.</summary>
    public long Bytes => (long)_nodes.Length * sizeof(double);

    private int FirstLeaf => _nodes.Length / 2;

    /// <summary>The weight of a leaf.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A weight is set that is negative or not
    /// finite.</exception>
    public double this[int leaf]
    {
        get => _nodes[FirstLeaf + leaf];
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(leaf);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, Count);
            if (!(value >= 0) || !double.IsFinite(value))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"the weight of leaf {leaf} must be finite and at least 0");
            }

            var node = FirstLeaf + leaf;
            _nodes[node] = value;
            for (node >>= 1; node >= 1; node >>= 1)
            {
                _nodes[node] = _nodes[2 * node] + _nodes[2 * node + 1];
            }
        }
    }

    /// <summary>The leaf that a point of the cumulative sum falls into; each leaf owns an interval as long
    /// as its weight.</summary>
    /// <param name="mass">In [0, <see cref="Total"/>).</param>
    public int Find(double mass)
    {
        var node = 1;
        while (node < FirstLeaf)
        {
            var left = _nodes[2 * node];
            // Rounding may leave a little mass where nothing is left to hold it.
            var goesLeft = mass < left || _nodes[2 * node + 1] == 0;
            mass = goesLeft ? mass : mass - left;
            node = 2 * node + (goesLeft ? 0 : 1);
        }

        return node - FirstLeaf;
    }

    /// <summary>A copy of the first leaves.</summary>
    public double[] Leaves(int count) => _nodes[FirstLeaf..(FirstLeaf + count)];

    /// <summary>Sets the first leaves, and the others to 0.</summary>
    public void Load(ReadOnlySpan<double> leaves)
    {
        Array.Clear(_nodes);
        leaves.CopyTo(_nodes.AsSpan(FirstLeaf));
        for (var node = FirstLeaf - 1; node >= 1; node--)
        {
            _nodes[node] = _nodes[2 * node] + _nodes[2 * node + 1];
        }
    }
}
