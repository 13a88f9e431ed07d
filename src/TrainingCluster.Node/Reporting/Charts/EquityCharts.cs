using System.Collections.Immutable;

namespace TrainingCluster.Node.Reporting.Charts;

/// <summary>How money grew and how far it fell, as two charts over the same moments.</summary>
internal static class EquityCharts
{
    /// <summary>The style of what the others are compared with.</summary>
    public const int BenchmarkStyle = 7;

    /// <param name="lines">Equity of each, starting at 1.</param>
    /// <param name="label">Of a point.</param>
    /// <param name="note">Beside the first title.</param>
    /// <param name="drawdownNote">Beside the second.</param>
    public static string Render(
        ImmutableArray<ChartSeries> lines, Func<int, string> label, string note, string drawdownNote = "")
    {
        var equity = new Chart
        {
            Title = "How did one unit of capital grow?",
            Series = lines,
            PointLabel = label,
            Logarithmic = lines.All(line => line.Values.All(value => value > 0)),
            ValueLabel = value => Html.Number(value),
            Height = 260,
        };
        var drawdown = new Chart
        {
            Title = "How far below its last high?",
            Series = [.. lines.Select(line => line with { Values = Below(line.Values) })],
            PointLabel = label,
            ValueLabel = value => Html.Percent(value),
            Include = 0,
            Height = 180,
        };
        return "<h2>Equity and drawdown</h2>" + Html.Figure(equity, note) + Html.Figure(drawdown, drawdownNote);
    }

    /// <summary>At each point the share below the highest value so far, 0 or less.</summary>
    public static ImmutableArray<double> Below(ImmutableArray<double> equity)
    {
        var high = double.NegativeInfinity;
        var below = ImmutableArray.CreateBuilder<double>(equity.Length);
        foreach (var value in equity)
        {
            high = Math.Max(high, value);
            below.Add(value / high - 1);
        }

        return below.MoveToImmutable();
    }
}
