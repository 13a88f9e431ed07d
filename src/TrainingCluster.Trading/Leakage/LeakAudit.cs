using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Leakage.Gates;

namespace TrainingCluster.Trading.Leakage;

/// <summary>
/// Looks for the future in a pipeline's decisions, by what it records and, more so, by what it does when the future
/// is taken away, replaced or shuffled. Passing shows that none of these ways found a leak, not that there is none.
/// </summary>
public static class LeakAudit
{
    /// <param name="pipeline">Is run some sixty times.</param>
    /// <param name="bars">Real or synthetic.</param>
    /// <param name="options">The windows, and where randomness starts.</param>
    /// <exception cref="ArgumentException">The windows do not lie inside the bars, one after the other.</exception>
    public static LeakReport Run(IPipelineUnderAudit pipeline, BarSeries bars, AuditOptions options)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Train.Start < 0 || options.Train.Count == 0 || options.Test.Count == 0
            || options.Train.End > options.Test.Start || options.Test.End > bars.Count)
        {
            throw new ArgumentException(
                $"training window {options.Train} and test window {options.Test} must lie one after the other in "
                + $"{bars.Count} bars",
                nameof(options));
        }

        var subject = new AuditSubject(pipeline, bars, options);
        return new LeakReport(
            pipeline.Name,
            [
                FutureGates.Prefix(subject),
                FutureGates.Corruption(subject),
                WarmUpGate.Check(subject),
                RecordGates.FitWindows(subject),
                RecordGates.TrainRows(subject),
                ShuffleGates.Labels(subject),
                ShuffleGates.Market(subject),
                LagGate.Check(subject),
                TooGoodGate.Check(subject),
                RecordGates.Execution(subject),
                RecordGates.Joins(subject),
            ]);
    }
}
