using System.Collections.Immutable;

namespace TrainingCluster.Trading.Leakage.Gates;

/// <summary>The future is taken away, or replaced: nothing before it may change.</summary>
internal static class FutureGates
{
    public static GateResult Prefix(AuditSubject subject) =>
        GateResult.Of(LeakGate.PrefixInvariance, First(subject, Cut));

    public static GateResult Corruption(AuditSubject subject) =>
        GateResult.Of(LeakGate.FutureCorruption, First(subject, Corrupt));

    private static IEnumerable<LeakFinding> First(
        AuditSubject subject, Func<AuditSubject, int, LeakFinding?> check) =>
        subject.Cuts(check.Method.Name).Select(t => check(subject, t)).OfType<LeakFinding>().Take(1);

    private static LeakFinding? Cut(AuditSubject subject, int t)
    {
        var prefix = subject.Bars.Slice(0, t + 1);
        var change = $"without the bars after {t}";
        return ColumnComparison.FirstDifference(subject.Outputs(), subject.OutputsOn(prefix), t, change)
            ?? LabelDifference(subject, subject.Pipeline.Label(prefix), t, change, mayLack: true);
    }

    private static LeakFinding? Corrupt(AuditSubject subject, int t)
    {
        var change = $"with noise after bar {t}";
        var noisy = ChangedBars.NoiseAfter(subject.Bars, t, subject.Options.Seed.For($"noise {t}"));
        var outputs = subject.OutputsOn(noisy);
        return ColumnComparison.FirstDifference(subject.Outputs(), outputs, t, change)
            ?? LabelDifference(subject, subject.Pipeline.Label(noisy), t, change, mayLack: false)
            ?? Stale(subject, outputs, t);
    }

    /// <summary>
    /// Outputs that do not notice other bars come from somewhere else: a cache, or a table made before.
    /// </summary>
    private static LeakFinding? Stale(
        AuditSubject subject, ImmutableArray<PipelineColumn> outputs, int t)
    {
        var features = subject.Features.Length;
        var later = Enumerable.Range(t + 1, subject.Bars.Count - t - 1);
        bool Notices(int column) => later.Any(bar =>
            !ColumnComparison.Same(subject.Outputs()[column].Values[bar], outputs[column].Values[bar]));
        return features == 0 || later.Count() < 5 || Enumerable.Range(0, features).Any(Notices)
            ? null
            : new LeakFinding(
                LeakSeverity.Leak,
                $"no feature notices that every bar after {t} was replaced: they are not computed from these bars",
                t + 1);
    }

    /// <summary>
    /// A label that says it ends by bar t must be the same whatever comes later. It may be missing where the bars end
    /// before its whole horizon: an early touch is not known to be worth keeping then.
    /// </summary>
    private static LeakFinding? LabelDifference(
        AuditSubject subject, PipelineLabels labels, int t, string change, bool mayLack)
    {
        for (var bar = 0; bar <= t; bar++)
        {
            var last = subject.Labels.LastBar[bar];
            var lacks = mayLack && labels.Up[bar] == 0;
            if (subject.Labels.Up[bar] != 0 && last <= t && labels.Up[bar] != subject.Labels.Up[bar] && !lacks)
            {
                return new LeakFinding(
                    LeakSeverity.Leak,
                    $"{change}, the label of bar {bar} changes, which says that it looks no further than bar {last}",
                    bar,
                    "label");
            }
        }

        return null;
    }
}
