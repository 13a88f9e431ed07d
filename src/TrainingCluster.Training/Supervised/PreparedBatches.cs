namespace TrainingCluster.Training.Supervised;

/// <summary>
/// Keeps gathered batches that are asked for again every epoch, the ones used last, up to a number of bytes.
/// </summary>
/// <param name="capacityBytes">0 keeps nothing.</param>
internal sealed class PreparedBatches(long capacityBytes)
{
    private readonly LinkedList<Entry> _byUse = [];

    public long Bytes { get; private set; }

    public long Hits { get; private set; }

    public long Misses { get; private set; }

    /// <summary>The batch of some bars; made where it is not at hand. The caller does not change it.</summary>
    public float[] Get(int[] bars, Func<int[], float[]> make)
    {
        // A few batches of hundreds of bars each: looking through them costs nothing beside one forward pass.
        for (var node = _byUse.First; node is not null; node = node.Next)
        {
            if (node.Value.Bars.AsSpan().SequenceEqual(bars))
            {
                Hits++;
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Values;
            }
        }

        Misses++;
        var made = new Entry(bars, make(bars));
        if (made.Bytes > capacityBytes)
        {
            return made.Values;
        }

        while (Bytes + made.Bytes > capacityBytes)
        {
            Bytes -= _byUse.Last!.Value.Bytes;
            _byUse.RemoveLast();
        }

        _byUse.AddFirst(made);
        Bytes += made.Bytes;
        return made.Values;
    }

    private sealed record Entry(int[] Bars, float[] Values)
    {
        public long Bytes => sizeof(float) * (long)Values.Length + sizeof(int) * (long)Bars.Length;
    }
}
