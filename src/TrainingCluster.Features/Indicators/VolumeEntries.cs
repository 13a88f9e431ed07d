using System.Collections.Immutable;
using TrainingCluster.Features.AccumulationDistribution;
using TrainingCluster.Features.ChaikinMoneyFlow;
using TrainingCluster.Features.ChaikinOscillator;
using TrainingCluster.Features.ForceIndex;
using TrainingCluster.Features.Mfi;
using TrainingCluster.Features.Obv;
using TrainingCluster.Features.Vwap;
using static TrainingCluster.Features.Indicators.EntryParts;

namespace TrainingCluster.Features.Indicators;

/// <summary>What reads the volume.</summary>
internal static class VolumeEntries
{
    public static ImmutableArray<IndicatorEntry> All { get; } =
    [
        Bars("ad", "accumulation/distribution line", _ => new AccumulationDistributionIndicator()),
        Bars("adosc", "Chaikin's oscillator",
            a => new ChaikinOscillatorIndicator(new ChaikinOscillatorOptions(a.Whole("fast"), a.Whole("slow"))),
            Whole("fast", 3), Whole("slow", 10)),
        Bars("cmf", "Chaikin's money flow",
            a => new ChaikinMoneyFlowIndicator(new ChaikinMoneyFlowOptions(a.Whole("period"))), Whole("period", 20)),
        Bars("force", "force index",
            a => new ForceIndexIndicator(new ForceIndexOptions(a.Whole("period"))), Whole("period", 13)),
        Bars("mfi", "money flow index",
            a => new MfiIndicator(new MfiOptions(a.Whole("period"))), Whole("period", 14)),
        Bars("obv", "on-balance volume", _ => new ObvIndicator()),
        Bars("vwap", "volume-weighted price",
            a => new VwapIndicator(new VwapOptions(a.Whole("period"))), Whole("period", 20)),
    ];
}
