using System.Collections.Immutable;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Leakage;

/// <summary>
/// A way from bars to decisions that an audit may run as often as it likes, on whatever bars it likes. Runs must be
/// deterministic: the same input gives the same output.
/// </summary>
public interface IPipelineUnderAudit
{
    string Name { get; }

    /// <summary>
    /// Bars after which a feature no longer depends on where its history began, to a tenth of a per cent.
    /// </summary>
    int WarmUpBars { get; }

    /// <summary>What is known at the close of each bar, before anything is fitted; no labels.</summary>
    ImmutableArray<PipelineColumn> Features(BarSeries bars);

    /// <summary>What is to be predicted.</summary>
    PipelineLabels Label(BarSeries bars);

    /// <summary>Fits on the training window and decides on the test window.</summary>
    PipelineRun Run(PipelineInput input);
}
