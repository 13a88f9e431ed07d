using System.Runtime.Intrinsics;

namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// Draws resampled Sharpe ratios. Works on prefix sums of the standardised returns and of their squares over
/// two turns of the circle, so that a block costs two loads whatever its length.
/// </summary>
internal sealed class SharpeResampler
{
    /// <summary>
    /// A resample whose variance, or whose squared error, is below this share is a repetition of one value.
    /// </summary>
    private const double NoSpread = 1e-12;

    private readonly double _sharpe;
    private readonly IIndexSource _source;
    private readonly int _count;

    /// <summary>Σz and Σz² before each index, over two turns.</summary>
    private readonly Vector128<double>[] _sums;

    public SharpeResampler(double[] standardised, double sharpe, IIndexSource source)
    {
        _sharpe = sharpe;
        _source = source;
        _count = standardised.Length;
        _sums = new Vector128<double>[2 * _count + 1];
        for (var i = 0; i < 2 * _count; i++)
        {
            var value = standardised[i < _count ? i : i - _count];
            _sums[i + 1] = _sums[i] + Vector128.Create(value, value * value);
        }
    }

    /// <summary>
    /// Sharpe* of each resample, or (Sharpe* − Sharpe) / error* where studentised; resamples without spread
    /// are left out.
    /// </summary>
    public double[] Draw(int resamples, bool studentised)
    {
        var result = new double[resamples];
        var runs = new IndexRun[_count];
        var kept = 0;
        for (var i = 0; i < resamples; i++)
        {
            var written = _source.Next(runs, _count);
            if (Evaluate(runs.AsSpan(0, written), studentised) is { } value)
            {
                result[kept++] = value;
            }
        }

        return kept == resamples ? result : result[..kept];
    }

    private double? Evaluate(ReadOnlySpan<IndexRun> runs, bool studentised)
    {
        var blocks = studentised ? SumsWithProducts(runs) : Sums(runs);
        var mean = blocks.First / _count;
        var variance = (blocks.Second - _count * mean * mean) / (_count - 1);
        if (!(variance > NoSpread))
        {
            return null;
        }

        // The returns were x = SD (SHARPE + z): the ratio needs no scale.
        var deviation = Math.Sqrt(variance);
        var sharpe = (_sharpe + mean) / deviation;
        if (!studentised)
        {
            return sharpe;
        }

        var square = blocks.SquaredInfluence(mean, deviation, sharpe);
        return square > NoSpread * _count ? (sharpe - _sharpe) * _count / Math.Sqrt(square) : null;
    }

    private BlockSums Sums(ReadOnlySpan<IndexRun> runs)
    {
        var sums = _sums;
        var sum = Vector128<double>.Zero;
        foreach (var run in runs)
        {
            sum += sums[run.Start + run.Length] - sums[run.Start];
        }

        return new BlockSums(sum, default, default, default, 0);
    }

    /// <remarks>Plain locals: the compiler keeps them in registers, but not the fields of a large struct.</remarks>
    private BlockSums SumsWithProducts(ReadOnlySpan<IndexRun> runs)
    {
        var sums = _sums;
        var (sum, squared) = (Vector128<double>.Zero, Vector128<double>.Zero);
        var (timesLength, crossed) = (Vector128<double>.Zero, Vector128<double>.Zero);
        var lengthSquared = 0.0;
        foreach (var run in runs)
        {
            var block = sums[run.Start + run.Length] - sums[run.Start];
            double length = run.Length;
            sum += block;
            squared += block * block;
            timesLength += block * length;
            crossed += block * Vector128.Shuffle(block, Vector128.Create(1L, 0L));
            lengthSquared += length * length;
        }

        return new BlockSums(sum, squared, timesLength, crossed, lengthSquared);
    }

    /// <summary>Sums of z and z² over blocks, and the sums of products of those block sums.</summary>
    private readonly record struct BlockSums(
        Vector128<double> Sum, Vector128<double> Squared, Vector128<double> TimesLength, Vector128<double> Crossed,
        double LengthSquared)
    {
        public double First => Sum[0];

        public double Second => Sum[1];

        /// <summary>
        /// Σ over blocks of (Σ ψ)², with ψ = w − SR/2 (w² − 1) and w = (z − mean)/deviation: ψ is quadratic
        /// in z, so a block's sum is a·Σz + b·Σz² + c·length.
        /// </summary>
        public double SquaredInfluence(double mean, double deviation, double sharpe)
        {
            var variance = deviation * deviation;
            var a = 1 / deviation + sharpe * mean / variance;
            var b = -sharpe / (2 * variance);
            var c = -mean / deviation - sharpe / 2 * (mean * mean / variance - 1);
            return a * a * Squared[0] + b * b * Squared[1] + c * c * LengthSquared
                + 2 * (a * b * Crossed[0] + a * c * TimesLength[0] + b * c * TimesLength[1]);
        }
    }
}
