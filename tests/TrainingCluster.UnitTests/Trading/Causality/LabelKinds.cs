using System.Collections.Immutable;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Labels;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.UnitTests.Trading.Causality;

/// <summary>One label in the form that all kinds share.</summary>
/// <param name="Values">Bits of everything it says; null where there is none.</param>
/// <param name="LastBar">The last bar it says it looks at.</param>
internal readonly record struct OneLabel(long[]? Values, int LastBar);

/// <summary>A kind of label.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Reach">How many bars must follow a bar before it can have a label.</param>
/// <param name="Of">One a bar.</param>
internal sealed record LabelKind(string Name, int Reach, Func<BarSeries, OneLabel[]> Of)
{
    public static ImmutableArray<LabelKind> All { get; } =
    [
        .. StrategyCatalog.Names.Select(StrategyCatalog.Get).Select(rule => new LabelKind(
            $"triple barrier and next bar of {rule.Name}",
            Math.Max(2, rule.Barriers.HorizonBars + 1),
            bars => Barriers(bars, rule, AtrIndicator.Compute(bars, new AtrOptions())))),
        new("triple barrier by deviation", 16, bars => Barriers(
            bars, StrategyCatalog.Get("macd_momentum"), BarrierScale.Deviation(bars, 20),
            new BarrierOptions(15, 3, 2))),
        Return(1),
        Return(7),
        new("trend scanning", 20, bars =>
        {
            var labels = TrendLabels.Compute(bars);
            return
            [
                .. labels.Strength.Select((strength, t) => new OneLabel(
                    double.IsNaN(strength)
                        ? null : [BitConverter.DoubleToInt64Bits(strength), labels.Direction[t], labels.LineEnd[t]],
                    labels.LastBar[t])),
            ];
        }),
    ];

    private static LabelKind Return(int horizon) => new($"return over {horizon}", horizon + 1, bars =>
    {
        var labels = ReturnLabels.Compute(bars, horizon);
        return
        [
            .. labels.Return.Select((value, t) => new OneLabel(
                double.IsNaN(value) ? null : [BitConverter.DoubleToInt64Bits(value), labels.Direction[t]],
                labels.LastBar[t])),
        ];
    });

    private static OneLabel[] Barriers(
        BarSeries bars, IStrategyRule rule, double[] scale, BarrierOptions? barriers = null)
    {
        var labels = Labelling.Label(
            bars, rule.Evaluate(bars).Direction.AsSpan(), scale, barriers ?? rule.Barriers);
        return
        [
            .. labels.Valid.Select((valid, t) => new OneLabel(
                valid ? [labels.Direction[t], labels.Barrier[t], labels.NextUp[t]] : null, labels.LastBar[t])),
        ];
    }
}
