using System.Collections.Immutable;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Parkinson;

/// <summary>
/// Volatility a bar from the range (Parkinson 1980, "The Extreme Value Method for Estimating the Variance of
/// the Rate of Return", Journal of Business 53:1): √(mean of ln²(high / low) / (4 ln 2)), not annualised.
/// </summary>
public sealed class ParkinsonIndicator(ParkinsonOptions options) : IBarIndicator
{
    private readonly double _divisor = 4 * Math.Log(2) * options.Period;
    private readonly RollingSum _squares = new(PeriodRule.Require(options.Period, "parkinson.period"));

    public ImmutableArray<string> Outputs { get; } = ["value"];

    public int WarmUp => options.Period - 1;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        var range = Math.Log(bar.High / bar.Low);
        // The running sum may end a rounding error below zero.
        var squares = _squares.Next(range * range);
        outputs[0] = double.IsNaN(squares) ? double.NaN : Math.Sqrt(Math.Max(0, squares) / _divisor);
    }
}
