using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.Features.Adx;
using TrainingCluster.Features.Indicators;

namespace TrainingCluster.Features.ParabolicSar;

/// <summary>
/// The parabolic stop and reverse (Wilder 1978, "New Concepts in Technical Trading Systems", section II). The
/// first trade's side is that of the second bar's directional movement, long where it has none; its stop is
/// the first bar's extreme on the other side.
/// </summary>
public sealed class ParabolicSarIndicator : IBarIndicator
{
    private readonly ParabolicSarOptions _options;
    private BarValues _previous;
    private int _seen;
    private bool _isLong;
    private double _stop;
    private double _extreme;
    private double _acceleration;

    public ParabolicSarIndicator(ParabolicSarOptions options)
    {
        if (!(options.Step > 0 && options.Maximum >= options.Step && options.Maximum <= 1))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"psar.step is {options.Step} and psar.maximum {options.Maximum}; "
                + $"they must be 0 < step ≤ maximum ≤ 1"));
        }

        _options = options;
    }

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => 1;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var previous = _previous;
        _previous = bar;
        _seen++;
        if (_seen == 1)
        {
            outputs[0] = double.NaN;
            return;
        }

        if (_seen == 2)
        {
            Begin(bar, previous);
        }

        outputs[0] = Stop(bar);
        Advance(bar, previous);
    }

    private void Begin(in BarValues bar, in BarValues previous)
    {
        var (_, minus) = DirectionalMovement.Of(bar.High, bar.Low, previous.High, previous.Low);
        _isLong = minus == 0;
        _stop = _isLong ? previous.Low : previous.High;
        _extreme = _isLong ? bar.High : bar.Low;
        _acceleration = _options.Step;
    }

    /// <summary>The stop of this bar; where it was touched, that of the trade the other way.</summary>
    private double Stop(in BarValues bar)
    {
        var isTouched = _isLong ? bar.Low <= _stop : bar.High >= _stop;
        if (!isTouched)
        {
            var isNewExtreme = _isLong ? bar.High > _extreme : bar.Low < _extreme;
            if (isNewExtreme)
            {
                _extreme = _isLong ? bar.High : bar.Low;
                _acceleration = Math.Min(_acceleration + _options.Step, _options.Maximum);
            }

            return _stop;
        }

        _isLong = !_isLong;
        _stop = _isLong ? Math.Min(_extreme, bar.Low) : Math.Max(_extreme, bar.High);
        _extreme = _isLong ? bar.High : bar.Low;
        _acceleration = _options.Step;
        return _stop;
    }

    /// <summary>The next bar's stop, never within the range of the last two bars.</summary>
    private void Advance(in BarValues bar, in BarValues previous)
    {
        _stop += _acceleration * (_extreme - _stop);
        _stop = _isLong
            ? Math.Min(_stop, Math.Min(bar.Low, previous.Low))
            : Math.Max(_stop, Math.Max(bar.High, previous.High));
    }
}
