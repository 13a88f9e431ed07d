using System.Globalization;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Leakage.Gates;

/// <summary>
/// History is begun later: a feature beyond its warm-up must not care. Lengths are those that freqtrade's recursive
/// analysis tries.
/// </summary>
internal static class WarmUpGate
{
    private const double Tolerance = 1e-3;
    private static readonly int[] Lengths = [199, 399, 499, 999, 1999];

    public static GateResult Check(AuditSubject subject)
    {
        var declared = subject.Pipeline.WarmUpBars;
        var last = subject.Bars.Count - 1;
        int[] tried = [.. Lengths.Append(declared).Where(length => length >= declared && length < last).Distinct()];
        return tried.Length == 0
            ? GateResult.NotChecked(
                LeakGate.WarmUp, $"{subject.Bars.Count} bars are too few for a warm-up of {declared}")
            : GateResult.Of(LeakGate.WarmUp, tried.Order().SelectMany(length => At(subject, last, length)).Take(1));
    }

    private static IEnumerable<LeakFinding> At(AuditSubject subject, int last, int length)
    {
        var features = subject.Pipeline.Features(subject.Bars.Slice(last - length, length + 1));
        for (var i = 0; i < features.Length; i++)
        {
            var (whole, recent) = (subject.Features[i].Values[last], features[i].Values[^1]);
            if (!(Math.Abs(whole - recent) <= Tolerance * Scale(subject.Features[i].Values, whole)))
            {
                yield return new LeakFinding(
                    LeakSeverity.Leak,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{features[i].Name} at bar {last} is {whole:R}, but {recent:R} when history begins {length} "
                        + $"bars before; the declared warm-up is {subject.Pipeline.WarmUpBars} bars"),
                    last,
                    features[i].Name);
            }
        }
    }

    /// <summary>A value near zero is compared with what the column usually varies by.</summary>
    private static double Scale(double[] values, double value) =>
        Math.Max(Math.Abs(value), Moments.Of([.. values.Where(double.IsFinite)]).PopulationStandardDeviation);
}
