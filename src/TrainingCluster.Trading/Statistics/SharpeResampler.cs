namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// Draws resampled Sharpe ratios. Works on prefix sums of the standardised returns and of their squares over two
/// turns of the circle, so that a block costs two loads whatever its length.
/// </summary>
internal sealed class SharpeResampler
{
    /// <summary>A resample whose variance, or whose squared error, is below this share is a repetition of one value.</summary>
    private const double NoSpread = 1e-12;

    private readonly double _sharpe;
    private readonly IIndexSource _source;
    private readonly int _count;

    /// <summary>Σz before index i at 2i, Σz² at 2i + 1.</summary>
    private readonly double[] _sums;

    public SharpeResampler(double[] standardised, double sharpe, IIndexSource source)
    {
        _sharpe = sharpe;
        _source = source;
        _count = standardised.Length;
        _sums = new double[2 * (2 * _count + 1)];
        for (var i = 0; i < 2 * _count; i++)
        {
            var value = standardised[i < _count ? i : i - _count];
            _sums[2 * i + 2] = _sums[2 * i] + value;
            _sums[2 * i + 3] = _sums[2 * i + 1] + value * value;
        }
    }

    /// <summary>
    /// Sharpe* of each resample, or (Sharpe* − Sharpe) / error* where studentised; resamples without spread are
    /// left out.
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
        var blocks = new BlockSums();
        var sums = _sums.AsSpan();
        if (studentised)
        {
            foreach (var run in runs)
            {
                var (from, to) = (2 * run.Start, 2 * (run.Start + run.Length));
                blocks.AddWithProducts(sums[to] - sums[from], sums[to + 1] - sums[from + 1], run.Length);
            }
        }
        else
        {
            foreach (var run in runs)
            {
                var (from, to) = (2 * run.Start, 2 * (run.Start + run.Length));
                blocks.Add(sums[to] - sums[from], sums[to + 1] - sums[from + 1]);
            }
        }

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

    /// <summary>Sums of z and z² over blocks, and the sums of products of those block sums.</summary>
    private struct BlockSums
    {
        public double First;
        public double Second;
        private double _firstFirst;
        private double _secondSecond;
        private double _firstSecond;
        private double _firstLength;
        private double _secondLength;
        private double _lengthLength;

        public void Add(double first, double second)
        {
            First += first;
            Second += second;
        }

        public void AddWithProducts(double first, double second, double length)
        {
            First += first;
            Second += second;
            _firstFirst += first * first;
            _secondSecond += second * second;
            _firstSecond += first * second;
            _firstLength += first * length;
            _secondLength += second * length;
            _lengthLength += length * length;
        }

        /// <summary>
        /// Σ over blocks of (Σ ψ)², with ψ = w − SR/2 (w² − 1) and w = (z − mean)/deviation: ψ is quadratic in z, so
        /// a block's sum is a·Σz + b·Σz² + c·length.
        /// </summary>
        public readonly double SquaredInfluence(double mean, double deviation, double sharpe)
        {
            var variance = deviation * deviation;
            var a = 1 / deviation + sharpe * mean / variance;
            var b = -sharpe / (2 * variance);
            var c = -mean / deviation - sharpe / 2 * (mean * mean / variance - 1);
            return a * a * _firstFirst + b * b * _secondSecond + c * c * _lengthLength
                + 2 * (a * b * _firstSecond + a * c * _firstLength + b * c * _secondLength);
        }
    }
}
