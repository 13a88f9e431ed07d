using System.Collections.Immutable;
using System.Text;
using TrainingCluster.Node.Reporting.Charts;
using TrainingCluster.Training.Leaderboards;

namespace TrainingCluster.Node.Reporting;

/// <summary>How the money grew and how far it fell, out of sample.</summary>
internal static class EquitySection
{
    private const int MostLines = 4;
    private const int BenchmarkStyle = 7;

    public static string Render(Leaderboard board)
    {
        var shown = Shown(board);
        string Label(int point) =>
            Html.Day(board.Times[Math.Min(point, board.Times.Length - 1)]);

        var equity = new Chart
        {
            Title = "How did one unit of capital grow?",
            Series = [.. shown],
            PointLabel = Label,
            Logarithmic = true,
            ValueLabel = value => Html.Number(value),
            Height = 260,
        };
        var drawdown = new Chart
        {
            Title = "How far below its last high?",
            Series = [.. shown.Select(line => line with { Values = Drawdown(line.Values) })],
            PointLabel = Label,
            ValueLabel = value => Html.Percent(value),
            Include = 0,
            Height = 180,
        };
        return new StringBuilder("<h2>Equity and drawdown</h2>")
            .Append(Html.Figure(equity, "net of costs, unseen bars, logarithmic"))
            .Append(Html.Figure(drawdown)).ToString();
    }

    /// <summary>The ensemble, the hybrids, then whatever else fits; the benchmark is always there.</summary>
    private static List<ChartSeries> Shown(Leaderboard board)
    {
        string[] order = ["ensemble", "hybrid", "ppo", "cnn_lstm"];
        var lines = board.Rows
            .Where(row => row.Kind == LeaderboardKind.Model && row.Symbol is null)
            .OrderBy(row => Array.IndexOf(order, row.Name) is var place && place < 0 ? order.Length : place)
            .Take(MostLines)
            .Select((row, index) => new ChartSeries(LeaderboardSection.Name(row), row.Equity, index))
            .ToList();
        var hold = board.Rows.First(row => row.Name == "buy_and_hold");
        lines.Add(new ChartSeries(LeaderboardSection.Name(hold), hold.Equity, BenchmarkStyle) { Dashed = true });
        return lines;
    }

    private static ImmutableArray<double> Drawdown(ImmutableArray<double> equity)
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
