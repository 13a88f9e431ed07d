using System.Collections.Immutable;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rolling;
using TrainingCluster.Features.Rsi;
using TrainingCluster.Features.Stochastic;

namespace TrainingCluster.Features.StochasticRsi;

/// <summary>
/// The fast stochastic of the relative strength index of the close, 0 to 100 (Chande and Kroll 1994, "The New
/// Technical Trader", chapter 6).
/// </summary>
public sealed class StochasticRsiIndicator(StochasticRsiOptions options) : IBarIndicator
{
    private readonly RsiIndicator _strength =
        new(new RsiOptions(PeriodRule.Require(options.RsiPeriod, "stochrsi.rsi_period")));

    private readonly StochasticIndicator _stochastic =
        new(new StochasticOptions(PeriodRule.Require(options.Period, "stochrsi.period")));

    private readonly SmaIndicator _smooth = new(PeriodRule.Require(options.Smooth, "stochrsi.smooth"));

    public ImmutableArray<string> Outputs { get; } = ["k", "d"];

    public int WarmUp => options.RsiPeriod + options.Period + options.Smooth - 2;

    public void Next(in BarValues bar, Span<double> outputs)
    {
        outputs.Fill(double.NaN);
        var strength = _strength.Next(bar.Close);
        if (double.IsNaN(strength))
        {
            return;
        }

        outputs[0] = _stochastic.Next(strength, strength, strength);
        if (!double.IsNaN(outputs[0]))
        {
            outputs[1] = _smooth.Next(outputs[0]);
        }
    }
}
