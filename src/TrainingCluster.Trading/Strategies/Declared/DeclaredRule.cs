using System.Collections.Immutable;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Labels;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Strategies.Declared;

/// <summary>
/// A strategy that a file declares. Signal: enters a side when its conditions hold (the long side where both
/// do), leaves when its exit holds and no entry does. Direction: the side last entered; before the first, the
/// side there is, long where there are both. Confidence: as declared; else 1 in the market and 1/2 outside.
/// </summary>
public sealed class DeclaredRule : IStrategyRule
{
    private const double ConfidenceOutside = 0.5;

    private readonly DeclaredPlan _plan;

    internal DeclaredRule(DeclaredPlan plan) => _plan = plan;

    public string Name => _plan.Name;

    public string Parameters => _plan.Parameters;

    public BarrierOptions Barriers => _plan.Barriers;

    public StrategySignals Evaluate(BarSeries bars)
    {
        var columns = Values(bars);
        var signals = new SignalColumns(bars.Count);
        var side = 0;
        for (var t = _plan.WarmUp; t < bars.Count; t++)
        {
            var entered = _plan.Long?.Enter.Holds(columns, t) == true ? 1
                : _plan.Short?.Enter.Holds(columns, t) == true ? -1 : 0;
            var held = signals.Signal switch
            {
                > 0 => _plan.Long!.Exit.Holds(columns, t) ? 0 : 1,
                < 0 => _plan.Short!.Exit.Holds(columns, t) ? 0 : -1,
                _ => 0,
            };
            var signal = entered != 0 ? entered : held;
            side = signal != 0 ? signal : side != 0 ? side : _plan.Long is null ? -1 : 1;
            var confidence = _plan.Confidence?.At(columns, t) ?? (signal != 0 ? 1 : ConfidenceOutside);
            signals.Set(t, signal, double.IsNaN(confidence) ? 0 : confidence, side);
        }

        return signals.Finish();
    }

    /// <summary>Each indicator is computed once, however many of its outputs are read.</summary>
    private double[][] Values(BarSeries bars)
    {
        var computed = new Dictionary<string, ImmutableArray<double[]>>(StringComparer.Ordinal);
        var values = new double[_plan.Columns.Length][];
        for (var i = 0; i < values.Length; i++)
        {
            if (_plan.Columns[i].Indicator is { } spec)
            {
                if (!computed.TryGetValue(spec.Text, out var outputs))
                {
                    computed[spec.Text] = outputs = IndicatorColumns.Compute(spec.Make(), bars);
                }

                values[i] = outputs[_plan.Columns[i].Output];
            }
            else
            {
                values[i] = Price(bars, _plan.Columns[i].Price.GetValueOrDefault());
            }
        }

        return values;
    }

    private static double[] Price(BarSeries bars, PriceInput input)
    {
        var values = new double[bars.Count];
        for (var t = 0; t < values.Length; t++)
        {
            values[t] = OnePrice.Of(
                new BarValues(bars.Open[t], bars.High[t], bars.Low[t], bars.Close[t], bars.Volume[t]), input);
        }

        return values;
    }
}
