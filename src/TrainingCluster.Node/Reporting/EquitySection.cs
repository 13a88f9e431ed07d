using System.Collections.Immutable;
using TrainingCluster.Node.Reporting.Charts;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Leaderboards;

namespace TrainingCluster.Node.Reporting;

/// <summary>How the money grew and how far it fell, out of sample.</summary>
internal static class EquitySection
{
    private const int MostLines = 4;

    public static string Render(Leaderboard board) => EquityCharts.Render(
        Shown(board),
        point => Html.Day(board.Times[Math.Min(point, board.Times.Length - 1)]),
        "net of costs, unseen bars, logarithmic");

    /// <summary>The ensemble, the hybrids, then whatever else fits; the benchmark is always there.</summary>
    private static ImmutableArray<ChartSeries> Shown(Leaderboard board)
    {
        string[] order = ["ensemble", "hybrid", .. Stages.Agents, "cnn_lstm"];
        var lines = board.Rows
            .Where(row => row.Kind == LeaderboardKind.Model && row.Symbol is null)
            .OrderBy(row => Array.IndexOf(order, row.Name) is var place && place < 0 ? order.Length : place)
            .Take(MostLines)
            .Select((row, index) => new ChartSeries(row.Title, row.Equity, index));
        var hold = board.Rows.First(row => row.Name == "buy_and_hold");
        return [.. lines, new ChartSeries(hold.Title, hold.Equity, EquityCharts.BenchmarkStyle) { Dashed = true }];
    }
}
