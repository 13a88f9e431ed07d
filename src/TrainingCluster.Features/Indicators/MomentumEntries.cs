using System.Collections.Immutable;
using TrainingCluster.Features.BalanceOfPower;
using TrainingCluster.Features.Cci;
using TrainingCluster.Features.Cmo;
using TrainingCluster.Features.ElderRay;
using TrainingCluster.Features.Momentum;
using TrainingCluster.Features.Rolling;
using TrainingCluster.Features.Rsi;
using TrainingCluster.Features.Stochastic;
using TrainingCluster.Features.StochasticRsi;
using TrainingCluster.Features.UltimateOscillator;
using TrainingCluster.Features.WilliamsR;
using TrainingCluster.Features.ZScore;
using static TrainingCluster.Features.Indicators.EntryParts;

namespace TrainingCluster.Features.Indicators;

/// <summary>Oscillators.</summary>
internal static class MomentumEntries
{
    public static ImmutableArray<IndicatorEntry> All { get; } =
    [
        Values("rsi", "relative strength index",
            a => new RsiIndicator(new RsiOptions(a.Whole("period"), a.Choice<RsiStart>("start"))),
            Whole("period", 14), Choice("start", "wilder", "early")),
        Values("cmo", "Chande's momentum oscillator",
            a => new CmoIndicator(new CmoOptions(a.Whole("period"), a.Choice<RsiStart>("start"))),
            Whole("period", 14), Choice("start", "wilder", "early")),
        Values("momentum", "change against some bars ago",
            a => new MomentumIndicator(new MomentumOptions(a.Whole("period"), a.Choice<ChangeScale>("scale"))),
            Whole("period", 10), Choice("scale", "difference", "percent", "ratio", "ratio-percent")),
        Values("zscore", "distance from the mean in standard deviations",
            a => new ZScoreIndicator(new ZScoreOptions(a.Whole("period"))), Whole("period", 20)),
        Bars("stochrsi", "stochastic of the relative strength index",
            a => new StochasticRsiIndicator(
                new StochasticRsiOptions(a.Whole("rsi_period"), a.Whole("period"), a.Whole("smooth"))),
            Whole("rsi_period", 14), Whole("period", 14), Whole("smooth", 3)),
        Bars("stoch", "stochastic: fast and slow %K, %D",
            Stochastic, Whole("period", 14), Whole("slow", 3), Whole("smooth", 3)),
        Bars("cci", "commodity channel index",
            a => new CciIndicator(new CciOptions(a.Whole("period"))), Whole("period", 20)),
        Bars("willr", "Williams' %R",
            a => new WilliamsRIndicator(new WilliamsROptions(a.Whole("period"))), Whole("period", 14)),
        Bars("ultosc", "ultimate oscillator",
            a => new UltimateOscillatorIndicator(
                new UltimateOscillatorOptions(a.Whole("short"), a.Whole("middle"), a.Whole("long"))),
            Whole("short", 7), Whole("middle", 14), Whole("long", 28)),
        Bars("elderray", "bull and bear power",
            a => new ElderRayIndicator(new ElderRayOptions(a.Whole("period"))), Whole("period", 13)),
        Bars("bop", "balance of power", _ => new BalanceOfPowerIndicator()),
    ];

    private static BarFunction Stochastic(IndicatorArguments arguments)
    {
        var fast = new StochasticIndicator(new StochasticOptions(arguments.Whole("period")));
        var slow = new SmaIndicator(arguments.Whole("slow"));
        var smooth = new SmaIndicator(arguments.Whole("smooth"));
        var warmUp = arguments.Whole("period") - 1 + slow.WarmUp + smooth.WarmUp;
        return new BarFunction(["fast", "k", "d"], warmUp, (in BarValues bar, Span<double> outputs) =>
        {
            outputs[0] = fast.Next(bar.High, bar.Low, bar.Close);
            outputs[1] = double.IsNaN(outputs[0]) ? double.NaN : slow.Next(outputs[0]);
            outputs[2] = double.IsNaN(outputs[1]) ? double.NaN : smooth.Next(outputs[1]);
        });
    }
}
