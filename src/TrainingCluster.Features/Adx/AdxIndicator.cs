using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Adx;

/// <summary>
/// Directional movement (Wilder 1978, "New Concepts in Technical Trading Systems", section IV). Sums are
/// seeded as in TA-Lib: with the period−1 bars after the first, and smoothed from bar <c>period</c> on;
/// Wilder seeds with a whole period. Where nothing moves, the indicators and the directional index of the bar
/// are 0.
/// </summary>
public sealed class AdxIndicator(AdxOptions options)
{
    private readonly int _period = PeriodRule.Require(options.Period, "adx.period", 2);
    private readonly WilderAverage _index = new(options.Period);
    private double _previousHigh = double.NaN;
    private double _previousLow = double.NaN;
    private double _previousClose = double.NaN;
    private int _moves;
    private double _plus;
    private double _minus;
    private double _range;

    /// <summary>
    /// Takes the next bar; +DI and −DI are NaN before bar <c>period</c>, ADX before 2·period−1.
    /// </summary>
    public AdxValue Next(double high, double low, double close)
    {
        var (up, down) = DirectionalMovement.Of(high, low, _previousHigh, _previousLow);
        var range = TrueRange.Of(high, low, _previousClose);
        (_previousHigh, _previousLow, _previousClose) = (high, low, close);
        if (double.IsNaN(range))
        {
            return AdxValue.Undefined;
        }

        Smooth(up, down, range);
        if (_moves < _period)
        {
            return AdxValue.Undefined;
        }

        var plusDi = _range == 0 ? 0 : 100 * (_plus / _range);
        var minusDi = _range == 0 ? 0 : 100 * (_minus / _range);
        var sum = plusDi + minusDi;
        var index = sum == 0 ? 0 : 100 * (Math.Abs(plusDi - minusDi) / sum);
        return new AdxValue(plusDi, minusDi, index, _index.Next(index));
    }

    /// <summary>One value a bar.</summary>
    public static AdxValue[] Compute(
        ReadOnlySpan<double> high, ReadOnlySpan<double> low, ReadOnlySpan<double> close, AdxOptions options)
    {
        var indicator = new AdxIndicator(options);
        var result = new AdxValue[close.Length];
        for (var t = 0; t < close.Length; t++)
        {
            result[t] = indicator.Next(high[t], low[t], close[t]);
        }

        return result;
    }

    private void Smooth(double plus, double minus, double range)
    {
        _moves++;
        if (_moves >= _period)
        {
            _plus -= _plus / _period;
            _minus -= _minus / _period;
            _range -= _range / _period;
        }

        _plus += plus;
        _minus += minus;
        _range += range;
    }
}
