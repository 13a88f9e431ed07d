using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// Blocks with uniform starts and geometric lengths on a circle. Source: Politis and Romano 1994, "The
/// Stationary Bootstrap". A mean length of 1 is the independent bootstrap; a very long one tends to rotations
/// of the sample.
/// </summary>
public sealed class StationaryBootstrap : IIndexSource
{
    private const int TableBits = 11;

    private readonly RandomStream _stream;
    private readonly double _inverseLogOfStay;

    /// <summary>The length of a block by the first bits of its draw; 0 where more of them decide.</summary>
    private readonly ushort[] _lengths = new ushort[1 << TableBits];

    /// <summary>p, the probability that a block ends after its first observation.</summary>
    private readonly double _end;

    /// <param name="meanBlockLength">1/p, at least 1; infinity gives rotations.</param>
    /// <param name="seed">Where the stream of starts and lengths begins.</param>
    public StationaryBootstrap(double meanBlockLength, Seed seed)
    {
        if (!(meanBlockLength >= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(meanBlockLength), meanBlockLength, "the mean block length must be at least 1");
        }

        MeanBlockLength = meanBlockLength;
        _stream = seed.Stream();
        _end = 1 / meanBlockLength;
        _inverseLogOfStay = 1 / Math.Log(1 - 1 / meanBlockLength);
        for (var i = 0; i < _lengths.Length; i++)
        {
            // Lengths never fall as the draw grows: equal ones at both ends are the same between them.
            var first = (uint)i << (32 - TableBits);
            var shortest = BlockLength(first);
            _lengths[i] = shortest <= ushort.MaxValue
                && BlockLength(first | (uint.MaxValue >> TableBits)) == shortest ? (ushort)shortest : (ushort)0;
        }
    }

    public double MeanBlockLength { get; }

    public int Next(Span<IndexRun> runs, int observations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(observations, 1);

        if (MeanBlockLength == 1)
        {
            DrawSingles(runs[..observations]);
            return observations;
        }

        var written = 0;
        for (var left = observations; left > 0;)
        {
            // One random word a block: its halves are where it starts and how long it is.
            var word = _stream.NextUInt64();
            var known = _lengths[(uint)word >> (32 - TableBits)];
            var length = Math.Min(known > 0 ? known : BlockLength((uint)word), left);
            runs[written++] = new IndexRun((int)((word >> 32) * (ulong)observations >> 32), length);
            left -= length;
        }

        return written;
    }

    /// <summary>
    /// Blocks of one, two from each random word: the most frequent case, as returns are seldom correlated. The
    /// bias of 32-bit fractions is below n / 2³².
    /// </summary>
    private void DrawSingles(Span<IndexRun> runs)
    {
        var count = (ulong)runs.Length;
        for (var i = 0; i + 1 < runs.Length; i += 2)
        {
            var word = _stream.NextUInt64();
            runs[i] = new IndexRun((int)((word >> 32) * count >> 32), 1);
            runs[i + 1] = new IndexRun((int)((uint)word * count >> 32), 1);
        }

        if (runs.Length % 2 == 1)
        {
            runs[^1] = new IndexRun(_stream.NextInt32(runs.Length), 1);
        }
    }

    /// <summary>One plus the failures before a success of probability p, by inversion.</summary>
    /// <param name="word">Uniform over all 32-bit words; as a fraction, in [0, 1).</param>
    private int BlockLength(uint word)
    {
        var draw = word * (1.0 / (1UL << 32));
        if (draw < _end)
        {
            return 1;
        }

        // Endless blocks make this NaN or minus infinity: longer than any sample, like all that is not below.
        var stays = Math.Log(1 - draw) * _inverseLogOfStay;
        return stays is >= 0 and < int.MaxValue - 1 ? 1 + (int)stays : int.MaxValue;
    }
}
