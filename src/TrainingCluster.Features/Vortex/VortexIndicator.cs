using System.Collections.Immutable;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Vortex;

/// <summary>
/// Upward and downward movement across bars as shares of the true range (Botes and Siepman 2010, "The Vortex
/// Indicator", Stocks and Commodities 28:1); 0 where nothing moves.
/// </summary>
public sealed class VortexIndicator(VortexOptions options) : IBarIndicator
{
    private readonly RollingSum _up = new(PeriodRule.Require(options.Period, "vortex.period"));
    private readonly RollingSum _down = new(options.Period);
    private readonly RollingSum _range = new(options.Period);
    private BarValues _previous;
    private bool _hasPrevious;

    public ImmutableArray<string> Outputs { get; } = ["plus", "minus"];

    public int WarmUp => options.Period;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var previous = _previous;
        _previous = bar;
        if (!_hasPrevious)
        {
            _hasPrevious = true;
            outputs.Fill(double.NaN);
            return;
        }

        var up = _up.Next(Math.Abs(bar.High - previous.Low));
        var down = _down.Next(Math.Abs(bar.Low - previous.High));
        var range = _range.Next(TrueRange.Of(bar.High, bar.Low, previous.Close));
        (outputs[0], outputs[1]) = range == 0 ? (0, 0) : (up / range, down / range);
    }
}
