using System.Collections.Immutable;
using TrainingCluster.MarketData.Quality.Checks;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Quality;

/// <summary>Looks at bars with every check and sums up what they found.</summary>
public static class BarQuality
{
    private static readonly ImmutableArray<QualityCheck> All =
    [
        new OrderCheck(),
        new DuplicateCheck(),
        new PriceCheck(),
        new ConsistencyCheck(),
        new GapCheck(),
        new StaleCheck(),
        new OutlierCheck(),
        new SpikeCheck(),
        new SplitCheck(),
        new JumpCheck(),
        new WickCheck(),
        new FlatCheck(),
        new StepCheck(),
        new WeekendCheck(),
        new CopyCheck(),
        new UnfinishedCheck(),
        new VolumeCheck(),
    ];

    /// <summary>The names of the checks, in the order in which they run.</summary>
    public static ImmutableArray<string> Checks { get; } = [.. All.Select(check => check.Name)];

    public static QualityReport Check(BarSeries series) => Check(series.ToDraft(), new QualityOptions());

    /// <summary>Looks at bars that no rule has been applied to.</summary>
    public static QualityReport Check(BarDraft bars, QualityOptions options)
    {
        var seen = new CheckedBars(bars);
        var found = All.Select(check => (check.Fault, Finding: Find(check, seen, options))).ToArray();
        var findings = found
            .Select(pair => pair.Finding)
            .OfType<QualityFinding>()
            .OrderByDescending(finding => finding.Severity);
        var parts = Parts(bars.Count, found);
        return new QualityReport(parts.Product, [.. findings], bars.Count) { Parts = parts };
    }

    /// <summary>A check that fails has not passed.</summary>
    internal static QualityFinding? Find(QualityCheck check, CheckedBars bars, QualityOptions options)
    {
        try
        {
            return check.Find(bars, options);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return new QualityFinding(
                check.Name, QualitySeverity.Critical, bars.Count,
                $"the check could not be made ({error.GetType().Name}); the bars count as not passed", []);
        }
    }

    private static QualityParts Parts(int bars, (BarFault Fault, QualityFinding? Finding)[] found)
    {
        if (bars == 0)
        {
            return new QualityParts(0, 0, 0);
        }

        return new QualityParts(
            Math.Max(0, bars - Count(BarFault.Stale)) / (double)(bars + Count(BarFault.Missing)),
            Good(BarFault.Inconsistent),
            Good(BarFault.Outlier));

        long Count(BarFault fault) => found.Where(p => p.Fault == fault).Sum(p => p.Finding?.Count ?? 0);

        double Good(BarFault fault) => 1 - Math.Min(1, Count(fault) / (double)bars);
    }
}
