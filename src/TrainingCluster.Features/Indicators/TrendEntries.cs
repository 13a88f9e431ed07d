using System.Collections.Immutable;
using TrainingCluster.Features.Adx;
using TrainingCluster.Features.Aroon;
using TrainingCluster.Features.Dema;
using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Hma;
using TrainingCluster.Features.Kama;
using TrainingCluster.Features.Macd;
using TrainingCluster.Features.ParabolicSar;
using TrainingCluster.Features.Ppo;
using TrainingCluster.Features.Rolling;
using TrainingCluster.Features.Slope;
using TrainingCluster.Features.Supertrend;
using TrainingCluster.Features.T3;
using TrainingCluster.Features.Tema;
using TrainingCluster.Features.Trima;
using TrainingCluster.Features.Trix;
using TrainingCluster.Features.Vortex;
using TrainingCluster.Features.Wma;
using static TrainingCluster.Features.Indicators.EntryParts;

namespace TrainingCluster.Features.Indicators;

/// <summary>Averages and what tells a trend.</summary>
internal static class TrendEntries
{
    private static readonly IndicatorParameter Seed = Choice("seed", "mean", "first");

    public static ImmutableArray<IndicatorEntry> All { get; } =
    [
        Values("sma", "simple moving average", a => new SmaIndicator(a.Whole("period")), Whole("period", 20)),
        Values("ema", "exponential moving average",
            a => new EmaIndicator(new EmaOptions(a.Whole("period"), a.Choice<EmaSeed>("seed"))),
            Whole("period", 20), Seed),
        Values("wma", "linearly weighted moving average",
            a => new WmaIndicator(new WmaOptions(a.Whole("period"))), Whole("period", 30)),
        Values("hma", "Hull moving average",
            a => new HmaIndicator(new HmaOptions(a.Whole("period"))), Whole("period", 16)),
        Values("dema", "double exponential moving average",
            a => new DemaIndicator(new DemaOptions(a.Whole("period"), a.Choice<EmaSeed>("seed"), a.Whole("skip"))),
            Whole("period", 20), Seed, Whole("skip", 0)),
        Values("tema", "triple exponential moving average",
            a => new TemaIndicator(new TemaOptions(a.Whole("period"), a.Choice<EmaSeed>("seed"))),
            Whole("period", 20), Seed),
        Values("t3", "Tillson's moving average",
            a => new T3Indicator(new T3Options(a.Whole("period"), a.Number("factor"))), Whole("period", 5),
            Number("factor", 0.7)),
        Values("trima", "triangular moving average",
            a => new TrimaIndicator(new TrimaOptions(a.Whole("period"))), Whole("period", 30)),
        Values("kama", "Kaufman's adaptive moving average",
            a => new KamaIndicator(new KamaOptions(a.Whole("period"), a.Whole("fast"), a.Whole("slow"))),
            Whole("period", 10), Whole("fast", 2), Whole("slow", 30)),
        Values("slope", "slope of the least-squares line",
            a => new SlopeIndicator(new SlopeOptions(a.Whole("period"))), Whole("period", 14)),
        Values("trix", "change of a triple exponential average, percent",
            a => new TrixIndicator(new TrixOptions(a.Whole("period"))), Whole("period", 15)),
        Values("ppo", "percentage price oscillator",
            a => new PpoIndicator(new PpoOptions(a.Whole("fast"), a.Whole("slow"))), Whole("fast", 12),
            Whole("slow", 26)),
        Bars("macd", "moving average convergence-divergence", Macd,
            Whole("fast", 12), Whole("slow", 26), Whole("signal", 9),
            Choice("seeding", "own", "together", "fixed"), Input),
        Bars("adx", "directional movement: indicators, index and its average", Adx, Whole("period", 14)),
        Bars("adxr", "average directional index rating",
            a => new AdxrIndicator(new AdxOptions(a.Whole("period"))), Whole("period", 14)),
        Bars("dm", "smoothed directional movement",
            a => new MovementIndicator(new AdxOptions(a.Whole("period"))), Whole("period", 14)),
        Bars("aroon", "freshness of extremes",
            a => new AroonIndicator(new AroonOptions(a.Whole("period"))), Whole("period", 25)),
        Bars("vortex", "movement across bars",
            a => new VortexIndicator(new VortexOptions(a.Whole("period"))), Whole("period", 14)),
        Bars("psar", "parabolic stop and reverse",
            a => new ParabolicSarIndicator(new ParabolicSarOptions(a.Number("step"), a.Number("maximum"))),
            Number("step", 0.02), Number("maximum", 0.2)),
        Bars("supertrend", "trailing stop of average true ranges",
            a => new SupertrendIndicator(new SupertrendOptions(a.Whole("period"), a.Number("width"))),
            Whole("period", 10), Number("width", 3)),
    ];

    private static BarFunction Macd(IndicatorArguments arguments)
    {
        var options = new MacdOptions(
            arguments.Whole("fast"),
            arguments.Whole("slow"),
            arguments.Whole("signal"),
            arguments.Choice<MacdSeeding>("seeding"));
        var indicator = new MacdIndicator(options);
        var input = arguments.Choice<PriceInput>("input");
        return new BarFunction(["line", "signal", "histogram"], options.WarmUp,
            (in BarValues bar, Span<double> outputs) =>
        {
            var value = indicator.Next(OnePrice.Of(bar, input));
            (outputs[0], outputs[1], outputs[2]) = (value.Line, value.Signal, value.Histogram);
        });
    }

    private static BarFunction Adx(IndicatorArguments arguments)
    {
        var options = new AdxOptions(arguments.Whole("period"));
        var indicator = new AdxIndicator(options);
        return new BarFunction(["plus", "minus", "dx", "adx"], options.WarmUp,
            (in BarValues bar, Span<double> outputs) =>
        {
            var value = indicator.Next(bar.High, bar.Low, bar.Close);
            (outputs[0], outputs[1], outputs[2], outputs[3]) = (value.PlusDi, value.MinusDi, value.Dx, value.Adx);
        });
    }
}
