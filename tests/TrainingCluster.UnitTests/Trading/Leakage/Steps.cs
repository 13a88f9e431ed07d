using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Leakage;

namespace TrainingCluster.UnitTests.Trading.Leakage;

/// <summary>Honest steps of a pipeline.</summary>
internal static class Steps
{
    public static IEnumerable<(string, double[])> Plain(BarSeries bars)
    {
        yield return ("return", Returns(bars));
        yield return ("mean_5", Each(bars, 4, t => Mean(bars, t - 4, t) / bars.Close[t] - 1));
        yield return ("mean_20", Each(bars, 19, t => Mean(bars, t - 19, t) / bars.Close[t] - 1));
    }

    public static double[] Returns(BarSeries bars) => Each(bars, 1, t => bars.Close[t] / bars.Close[t - 1] - 1);

    /// <summary>One value a bar; NaN before the first.</summary>
    public static double[] Each(BarSeries bars, int first, Func<int, double> value) =>
        [.. Enumerable.Range(0, bars.Count).Select(t => t < first ? double.NaN : value(t))];

    public static double Mean(BarSeries bars, int first, int last)
    {
        var sum = 0.0;
        for (var t = first; t <= last; t++)
        {
            sum += bars.Close[t];
        }

        return sum / (last - first + 1);
    }

    /// <summary>Whether the next close is higher.</summary>
    public static PipelineLabels NextCloseUp(BarSeries bars) => Ahead(bars, 1, says: 1);

    /// <summary>Whether the close so many bars later is higher, and how far the label says that it looks.</summary>
    public static PipelineLabels Ahead(BarSeries bars, int horizon, int says)
    {
        var up = new sbyte[bars.Count];
        var last = Enumerable.Range(0, bars.Count).ToArray();
        for (var t = 0; t + horizon < bars.Count; t++)
        {
            up[t] = bars.Close[t + horizon] > bars.Close[t] ? (sbyte)1 : (sbyte)-1;
            last[t] = t + says;
        }

        return new PipelineLabels([.. up], [.. last]);
    }

    public static IEnumerable<int> PurgedRows(PipelineInput input) =>
        Enumerable.Range(input.Train.Start, input.Train.Count)
            .Where(bar => input.Labels.LastBar[bar] < input.Test.Start);

    public static double[] Scale(double[] values, IndexRange window)
    {
        var seen = values[window.Start..Math.Min(window.End, values.Length)].Where(double.IsFinite).ToArray();
        var mean = seen.Length > 0 ? seen.Average() : 0;
        var deviation = seen.Length > 0 ? Math.Sqrt(seen.Average(v => (v - mean) * (v - mean))) : 1;
        return [.. values.Select(value => (value - mean) / (deviation > 0 ? deviation : 1))];
    }

    public static (string Name, double[] Values)[] Select(
        (string Name, double[] Values)[] columns, int count, PipelineLabels labels, IndexRange window) =>
    [
        .. columns
            .OrderByDescending(column => Math.Abs(Agreement(column.Values, labels, window)))
            .Take(count)
            .OrderBy(column => column.Name, StringComparer.Ordinal),
    ];

    public static Func<int, double> Centroid(double[][] columns, int[] rows, PipelineLabels labels)
    {
        double[] Mean(int sign) => [.. columns.Select(column => rows
            .Where(bar => labels.Up[bar] == sign && double.IsFinite(column[bar]))
            .Select(bar => column[bar]).DefaultIfEmpty(0).Average())];
        var (up, down) = (Mean(1), Mean(-1));
        return bar =>
        {
            var score = 0.0;
            for (var i = 0; i < columns.Length; i++)
            {
                var value = double.IsFinite(columns[i][bar]) ? columns[i][bar] : 0;
                score += (up[i] - down[i]) * (value - (up[i] + down[i]) / 2);
            }

            return score > 0 ? 1 : -1;
        };
    }

    public static Func<int, double> Nearest(double[][] columns, int[] rows, PipelineLabels labels) => bar =>
    {
        var (best, label) = (double.PositiveInfinity, 1.0);
        foreach (var row in rows)
        {
            var distance = 0.0;
            foreach (var column in columns)
            {
                distance += (column[row] - column[bar]) * (column[row] - column[bar]);
            }

            (best, label) = distance < best ? (distance, labels.Up[row]) : (best, label);
        }

        return label;
    };

    public static IEnumerable<PipelineFill> NextOpen(PipelineInput input, double[] positions) =>
        Changes(input, positions)
            .Where(change => change.Bar + 1 < input.Bars.Count)
            .Select(change => new PipelineFill(
                change.Bar, change.Bar + 1, change.Side, input.Bars.Open[change.Bar + 1]));

    public static IEnumerable<(int Bar, int Side)> Changes(PipelineInput input, double[] positions) =>
        Enumerable.Range(input.Test.Start, input.Test.Count)
            .Where(bar => positions[bar] != positions[bar - 1])
            .Select(bar => (bar, Math.Sign(positions[bar] - positions[bar - 1])));

    public static ImmutableArray<double> Extra(BarSeries bars, string name) =>
        [.. bars.Extra.Single(column => column.Name == name).Values.Span];

    private static double Agreement(double[] values, PipelineLabels labels, IndexRange window)
    {
        var rows = Enumerable.Range(window.Start, Math.Min(window.End, values.Length) - window.Start)
            .Where(bar => labels.Up[bar] != 0 && double.IsFinite(values[bar])).ToArray();
        var (mean, centre) = (rows.Average(bar => values[bar]), rows.Average(bar => (double)labels.Up[bar]));
        return rows.Sum(bar => (values[bar] - mean) * (labels.Up[bar] - centre))
            / Math.Sqrt(rows.Sum(bar => (values[bar] - mean) * (values[bar] - mean)) + 1e-300);
    }
}
