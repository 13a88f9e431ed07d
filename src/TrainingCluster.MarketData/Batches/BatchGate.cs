using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Batches;

/// <summary>Repairs a batch, looks at what became of it, and lets all of it through or nothing.</summary>
public static class BatchGate
{
    public static BatchVerdict Judge(ImportedBars batch, BatchOptions? options = null)
    {
        options ??= new BatchOptions();
        if (batch.Bars is not { } read)
        {
            ImmutableArray<string> unreadable = [.. batch.Violations.Select(violation => violation.ToString())];
            return new BatchVerdict(batch, null, null, batch.Repairs, null, unreadable);
        }

        var (draft, repairs) = BarRepairer.Repair(read, options.Repair);
        var report = BarQuality.Check(draft, options.Quality);
        var violations = new BarViolations();
        BarRules.Check(draft, violations);
        var reasons = Reasons(batch, report, options)
            .AddRange(violations.Listed().Shown.Select(violation => violation.ToString()));
        var bars = reasons.IsEmpty ? BarSeries.Adopt(draft) : null;
        return new BatchVerdict(batch, bars, draft, batch.Repairs.Then(repairs), report, reasons);
    }

    private static ImmutableArray<string> Reasons(ImportedBars batch, QualityReport report, BatchOptions options)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        var unreadable = batch.TotalViolations / (double)(batch.TotalViolations + batch.Bars!.Count);
        if (unreadable > options.MostUnreadable)
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture,
                $"{batch.TotalViolations} rows ({unreadable:P1}) could not be read; at most "
                + $"{options.MostUnreadable:P1} may be missing"));
        }

        reasons.AddRange(report.Findings
            .Where(finding => finding.Severity == QualitySeverity.Critical)
            .Select(finding => $"{finding.Check}: {finding.Detail}"));
        if (report.Bars == 0)
        {
            reasons.Add("no bar was left after repairs");
        }
        else if (report.Score < options.LeastScore)
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture,
                $"quality {report.Score:0.0000} is below {options.LeastScore:0.00##}"));
        }

        return reasons.ToImmutable();
    }
}
