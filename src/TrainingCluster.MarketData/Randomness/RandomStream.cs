namespace TrainingCluster.MarketData.Randomness;

/// <summary>
/// A deterministic stream of random numbers whose whole state is two words, so that a checkpoint can hold it.
/// Generator: splitmix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators").
/// Not for secrets. Not thread-safe: one owner each.
/// </summary>
public sealed class RandomStream
{
    private ulong _state;
    private double _spareGaussian = double.NaN;

    public RandomStream(ulong seed) => _state = seed;

    private RandomStream(RandomStreamState state)
    {
        _state = state.Word;
        _spareGaussian = state.SpareGaussian ?? double.NaN;
    }

    /// <summary>Everything needed to continue this stream elsewhere, bit for bit.</summary>
    public RandomStreamState State =>
        new(_state, double.IsNaN(_spareGaussian) ? null : _spareGaussian);

    public static RandomStream Restore(RandomStreamState state) => new(state);

    public ulong NextUInt64()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1), on the grid of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="exclusiveUpper"/>), without modulo bias (Lemire 2019).</summary>
    public int NextInt32(int exclusiveUpper)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveUpper, 1);

        var range = (ulong)exclusiveUpper;
        var high = Math.BigMul(NextUInt64(), range, out var low);
        if (low < range)
        {
            var threshold = (0UL - range) % range;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), range, out low);
            }
        }

        return (int)high;
    }

    /// <summary>Standard normal by the polar method (Marsaglia, Bray 1964).</summary>
    public double NextGaussian()
    {
        if (!double.IsNaN(_spareGaussian))
        {
            var spare = _spareGaussian;
            _spareGaussian = double.NaN;
            return spare;
        }

        double u, v, squared;
        do
        {
            u = 2 * NextDouble() - 1;
            v = 2 * NextDouble() - 1;
            squared = u * u + v * v;
        }
        while (squared >= 1 || squared == 0);

        var scale = Math.Sqrt(-2 * Math.Log(squared) / squared);
        _spareGaussian = v * scale;
        return u * scale;
    }

    /// <summary>Permutes in place, each order equally likely (Fisher, Yates; Durstenfeld 1964).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}

/// <summary>The state of a <see cref="RandomStream"/> between two draws.</summary>
/// <param name="Word">The generator's counter.</param>
/// <param name="SpareGaussian">The second number of the last normal pair, if it has not been handed out.</param>
public sealed record RandomStreamState(ulong Word, double? SpareGaussian);
