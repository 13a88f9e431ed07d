using System.Collections.Immutable;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Aroon;

/// <summary>
/// How fresh the highest high and the lowest low of the last period+1 bars are, 100 = now, 0 = the oldest
/// (Chande 1995, "A Time Price Oscillator", Stocks and Commodities 13:9). Of equal extremes the newest
/// counts.
/// </summary>
public sealed class AroonIndicator(AroonOptions options) : IBarIndicator
{
    private readonly int _period = PeriodRule.Require(options.Period, "aroon.period");
    private readonly PlacedExtreme _highest = PlacedExtreme.Largest(options.Period + 1);
    private readonly PlacedExtreme _lowest = PlacedExtreme.Smallest(options.Period + 1);

    public ImmutableArray<string> Outputs { get; } = ["up", "down", "oscillator"];

    public int WarmUp => _period;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        if (double.IsNaN(_highest.Next(bar.High) + _lowest.Next(bar.Low)))
        {
            outputs.Fill(double.NaN);
            return;
        }

        outputs[0] = 100.0 * (_period - _highest.Age) / _period;
        outputs[1] = 100.0 * (_period - _lowest.Age) / _period;
        outputs[2] = outputs[0] - outputs[1];
    }
}
