using System.Collections.Immutable;
using TrainingCluster.Features.AccelerationBands;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Bollinger;
using TrainingCluster.Features.Deviation;
using TrainingCluster.Features.Donchian;
using TrainingCluster.Features.Envelope;
using TrainingCluster.Features.Keltner;
using TrainingCluster.Features.Natr;
using TrainingCluster.Features.Parkinson;
using static TrainingCluster.Features.Indicators.EntryParts;

namespace TrainingCluster.Features.Indicators;

/// <summary>Ranges, deviations and bands.</summary>
internal static class VolatilityEntries
{
    private static readonly IndicatorParameter Divisor = Choice("divisor", "population", "sample");

    public static ImmutableArray<IndicatorEntry> All { get; } =
    [
        Bars("trange", "true range", _ => TrueRanges()),
        Bars("atr", "average true range", Atr, Whole("period", 14)),
        Bars("natr", "average true range, percent of the close",
            a => new NatrIndicator(new AtrOptions(a.Whole("period"))), Whole("period", 14)),
        Values("stddev", "standard deviation",
            a => new DeviationIndicator(
                new DeviationOptions(a.Whole("period"), a.Number("width"), a.Choice<DeviationDivisor>("divisor"))),
            Whole("period", 20), Number("width", 1), Divisor),
        Bars("bollinger", "Bollinger bands", Bollinger,
            Whole("period", 20), Number("width", 2), Divisor,
            Choice("middle", "simple", "exponential", "exponential-from-first"), Number("lower_width", 0), Input),
        Bars("envelope", "bands at a fixed share",
            a => new EnvelopeIndicator(
                new EnvelopeOptions(a.Whole("period"), a.Number("factor"), a.Choice<PriceInput>("input"))),
            Whole("period", 20), Number("factor", 0.025), Input),
        Bars("accbands", "acceleration bands",
            a => new AccelerationBandsIndicator(new AccelerationBandsOptions(a.Whole("period"))),
            Whole("period", 20)),
        Bars("keltner", "Keltner channels",
            a => new KeltnerIndicator(
                new KeltnerOptions(a.Whole("period"), a.Whole("range_period"), a.Number("width"))),
            Whole("period", 20), Whole("range_period", 10), Number("width", 2)),
        Bars("donchian", "highest high and lowest low",
            a => new DonchianIndicator(new DonchianOptions(a.Whole("period"))), Whole("period", 20)),
        Bars("parkinson", "volatility from the range",
            a => new ParkinsonIndicator(new ParkinsonOptions(a.Whole("period"))), Whole("period", 20)),
    ];

    private static BarFunction TrueRanges()
    {
        var previous = double.NaN;
        return new BarFunction(["value"], 1, (in BarValues bar, Span<double> outputs) =>
        {
            outputs[0] = TrueRange.Of(bar.High, bar.Low, previous);
            previous = bar.Close;
        });
    }

    private static BarFunction Atr(IndicatorArguments arguments)
    {
        var options = new AtrOptions(arguments.Whole("period"));
        var indicator = new AtrIndicator(options);
        return new BarFunction(["value"], options.Period, (in BarValues bar, Span<double> outputs) =>
            outputs[0] = indicator.Next(bar.High, bar.Low, bar.Close));
    }

    private static BarFunction Bollinger(IndicatorArguments arguments)
    {
        var options = new BollingerOptions(
            arguments.Whole("period"),
            arguments.Number("width"),
            arguments.Choice<DeviationDivisor>("divisor"),
            arguments.Choice<BollingerMiddle>("middle"),
            arguments.Number("lower_width"));
        var indicator = new BollingerIndicator(options);
        var input = arguments.Choice<PriceInput>("input");
        return new BarFunction(["upper", "middle", "lower"], options.Period - 1,
            (in BarValues bar, Span<double> outputs) =>
        {
            var value = indicator.Next(OnePrice.Of(bar, input));
            (outputs[0], outputs[1], outputs[2]) = (value.Upper, value.Middle, value.Lower);
        });
    }
}
