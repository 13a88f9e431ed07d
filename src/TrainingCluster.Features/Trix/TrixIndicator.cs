using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Momentum;
using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Trix;

/// <summary>
/// The change of a triple exponential average from bar to bar, in percent (Hutson 1983, "Good TRIX", Stocks
/// and Commodities 1:5).
/// </summary>
public sealed class TrixIndicator : IValueIndicator
{
    private readonly Chain _chain;

    public TrixIndicator(TrixOptions options)
    {
        var averages = new EmaOptions(PeriodRule.Require(options.Period, "trix.period"));
        _chain = new Chain(
            new Chain(new EmaIndicator(averages), new EmaIndicator(averages)),
            new Chain(
                new EmaIndicator(averages), new MomentumIndicator(new MomentumOptions(1, ChangeScale.Percent))));
    }

    public int WarmUp => _chain.WarmUp;

    public double Next(double value) => _chain.Next(value);
}
