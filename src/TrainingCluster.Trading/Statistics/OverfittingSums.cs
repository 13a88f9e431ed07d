using System.Numerics;

namespace TrainingCluster.Trading.Statistics;

/// <summary>
/// Sums of returns and of their squares by block, so that a halving of the data costs trials × blocks and not
/// trials × bars.
/// </summary>
internal sealed class OverfittingSums
{
    /// <summary>Below every Sharpe there is, and finite so that the slope stays a number.</summary>
    private const double NoVariance = -1e6;

    private readonly OverfittingMetric _metric;
    private readonly int _blocks;
    private readonly int _trials;
    private readonly int _halfBars;

    /// <summary>[block, trial].</summary>
    private readonly double[] _sums;
    private readonly double[] _squares;
    private readonly double[] _totalSum;
    private readonly double[] _totalSquare;

    private readonly double[] _sum;
    private readonly double[] _square;
    private readonly double[] _outside;

    public OverfittingSums(IReadOnlyList<double[]> returns, int blocks, OverfittingMetric metric)
    {
        (_metric, _blocks, _trials) = (metric, blocks, returns.Count);
        var length = returns[0].Length / blocks;
        var trimmed = returns[0].Length % blocks;
        _halfBars = length * blocks / 2;
        (_sums, _squares) = (new double[blocks * _trials], new double[blocks * _trials]);
        (_totalSum, _totalSquare) = (new double[_trials], new double[_trials]);
        (_sum, _square, _outside) = (new double[_trials], new double[_trials], new double[_trials]);
        for (var trial = 0; trial < _trials; trial++)
        {
            for (var block = 0; block < blocks; block++)
            {
                var (sum, square) = (0.0, 0.0);
                foreach (var value in returns[trial].AsSpan(trimmed + block * length, length))
                {
                    sum += value;
                    square += value * value;
                }

                (_sums[block * _trials + trial], _squares[block * _trials + trial]) = (sum, square);
                _totalSum[trial] += sum;
                _totalSquare[trial] += square;
            }
        }
    }

    /// <summary>The best trial in the blocks of <paramref name="half"/>, and its rank in the others.</summary>
    /// <returns>The trial's metrics, and rank / (trials + 1), ties averaged.</returns>
    public ((double InSample, double OutOfSample) Best, double Omega) Choose(uint half)
    {
        AddBlocks(half);
        var (best, highest) = (0, double.NegativeInfinity);
        for (var trial = 0; trial < _trials; trial++)
        {
            var inside = Metric(_sum[trial], _square[trial]);
            _outside[trial] = Metric(_totalSum[trial] - _sum[trial], _totalSquare[trial] - _square[trial]);
            if (inside > highest)
            {
                (best, highest) = (trial, inside);
            }
        }

        var (less, equal) = (0, 0);
        foreach (var value in _outside)
        {
            less += value < _outside[best] ? 1 : 0;
            equal += value == _outside[best] ? 1 : 0;
        }

        return ((highest, _outside[best]), (less + (equal + 1) / 2.0) / (_trials + 1));
    }

    private void AddBlocks(uint half)
    {
        _sum.AsSpan().Clear();
        _square.AsSpan().Clear();
        for (var block = 0; block < _blocks; block++)
        {
            if ((half >> block & 1) != 0)
            {
                Add(_sums.AsSpan(block * _trials, _trials), _sum);
                Add(_squares.AsSpan(block * _trials, _trials), _square);
            }
        }
    }

    private static void Add(ReadOnlySpan<double> values, Span<double> sums)
    {
        var i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(values[i..]) + new Vector<double>(sums[i..])).CopyTo(sums[i..]);
        }

        for (; i < values.Length; i++)
        {
            sums[i] += values[i];
        }
    }

    private double Metric(double sum, double square)
    {
        if (_metric == OverfittingMetric.Mean)
        {
            return sum / _halfBars;
        }

        var mean = sum / _halfBars;
        var variance = square / _halfBars - mean * mean;
        return variance > 1e-14 * square / _halfBars
            ? mean / Math.Sqrt(variance)
            : NoVariance;
    }
}
