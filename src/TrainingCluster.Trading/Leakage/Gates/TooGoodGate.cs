using System.Globalization;
using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.Trading.Leakage.Gates;

/// <summary>One feature that alone tells the label apart is the label.</summary>
internal static class TooGoodGate
{
    private const double Limit = 0.95;
    private const int FewestRows = 30;

    public static GateResult Check(AuditSubject subject)
    {
        var rows = Enumerable.Range(0, subject.Bars.Count).Where(bar => subject.Labels.Up[bar] != 0).ToArray();
        return rows.Length < FewestRows
            ? GateResult.NotChecked(LeakGate.TooGood, $"{rows.Length} bars have labels; {FewestRows} are needed")
            : GateResult.Of(LeakGate.TooGood, subject.Features
                .Concat(subject.Run.Columns.Where(input => subject.Features.All(own => own.Name != input.Name)))
                .SelectMany(column => Findings(subject, column, rows)));
    }

    private static IEnumerable<LeakFinding> Findings(AuditSubject subject, PipelineColumn column, int[] rows)
    {
        var used = rows.Where(bar => double.IsFinite(column.Values[bar])).ToArray();
        var values = used.Select(bar => column.Values[bar]).ToArray();
        var labels = used.Select(bar => (double)subject.Labels.Up[bar]).ToArray();
        if (used.Length < FewestRows || !Moments.Of(values).HasVariance || !Moments.Of(labels).HasVariance)
        {
            yield break;
        }

        var correlation = Correlation(values, labels);
        var area = AreaUnderCurve(values, labels);
        if (Math.Abs(correlation) > Limit || Math.Max(area, 1 - area) > Limit)
        {
            yield return new LeakFinding(
                LeakSeverity.Leak,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{column.Name} alone tells up from down: correlation {correlation:0.000}, area under the curve "
                    + $"{area:0.000}"),
                Column: column.Name);
        }
    }

    private static double Correlation(double[] values, double[] labels)
    {
        var (one, two) = (Moments.Of(values), Moments.Of(labels));
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += (values[i] - one.Mean) * (labels[i] - two.Mean);
        }

        return sum / values.Length / (one.PopulationStandardDeviation * two.PopulationStandardDeviation);
    }

    /// <summary>
    /// Of all pairs of an up and a down bar, the share with the larger value on the up bar; ties half.
    /// </summary>
    private static double AreaUnderCurve(double[] values, double[] labels)
    {
        var (sorted, order) = ((double[])values.Clone(), (double[])labels.Clone());
        Array.Sort(sorted, order);
        var (area, downBelow, ups, downs) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < sorted.Length;)
        {
            var (up, down) = (0.0, 0.0);
            var start = i;
            for (; i < sorted.Length && sorted[i] == sorted[start]; i++)
            {
                up += order[i] > 0 ? 1 : 0;
                down += order[i] > 0 ? 0 : 1;
            }

            area += up * (downBelow + down / 2);
            downBelow += down;
            (ups, downs) = (ups + up, downs + down);
        }

        return area / (ups * downs);
    }
}
