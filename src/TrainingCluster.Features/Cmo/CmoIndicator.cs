using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Rsi;

namespace TrainingCluster.Features.Cmo;

/// <summary>
/// Chande's momentum oscillator, −100 to 100 (Chande and Kroll 1994, "The New Technical Trader", chapter 5),
/// with Wilder's averages as TA-Lib has it: 100 · (gain − loss) / (gain + loss) = 2 · RSI − 100.
/// </summary>
public sealed class CmoIndicator(CmoOptions options) : IValueIndicator
{
    private readonly RsiIndicator _strength = new(new RsiOptions(options.Period, options.Start));

    public int WarmUp => _strength.WarmUp;

    public double Next(double value) => 2 * _strength.Next(value) - 100;
}
