using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// Blocks with uniform starts and geometric lengths on a circle. Source: Politis and Romano 1994, "The Stationary
/// Bootstrap". A mean length of 1 is the independent bootstrap; a very long one tends to rotations of the sample.
/// </summary>
public sealed class StationaryBootstrap : IIndexSource
{
    private readonly RandomStream _stream;
    private readonly double _inverseLogOfStay;

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
        _inverseLogOfStay = 1 / Math.Log(1 - 1 / meanBlockLength);
    }

    public double MeanBlockLength { get; }

    public int Next(Span<IndexRun> runs, int observations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(observations, 1);

        var written = 0;
        for (var left = observations; left > 0;)
        {
            var length = Math.Min(BlockLength(), left);
            runs[written++] = new IndexRun(_stream.NextInt32(observations), length);
            left -= length;
        }

        return written;
    }

    /// <summary>One plus the failures before a success of probability p, by inversion.</summary>
    private int BlockLength()
    {
        if (MeanBlockLength == 1)
        {
            return 1;
        }

        // Endless blocks make this NaN or minus infinity, which falls through like any length beyond the sample's.
        var stays = Math.Log(1 - _stream.NextDouble()) * _inverseLogOfStay;
        return stays is >= 0 and < int.MaxValue - 1 ? 1 + (int)stays : int.MaxValue;
    }
}
