using TrainingCluster.Trading.Statistics;
using TrainingCluster.Training.Leaderboards;

namespace TrainingCluster.Node.Reporting;

/// <summary>How far the leaderboard can be believed: the chosen model in full, every row in figures.</summary>
internal static class BoardEvidence
{
    public static string Render(Leaderboard board)
    {
        var chosen = board.Rows.FirstOrDefault(row => row.Selected);
        var first = chosen ?? board.Rows.First(row => row.Kind == LeaderboardKind.Model);
        var title = chosen is null
            ? $"How far can this be believed? (no model was chosen; {first.Title} stands in)"
            : $"How far can {first.Title} be believed?";
        return EvidenceSection.Render(title, first.Evidence, board.Field)
            + "<h3>The same of every row</h3>"
            + Html.Table(
                [
                    "<model", "Sharpe, adjusted", "P(above 0)", "deflated", "minimum track", "bars",
                    "Sharpe at 2× costs", "at 3×",
                ],
                board.Rows.Select(Row));
    }

    private static string[] Row(LeaderboardRow row)
    {
        var evidence = row.Evidence;
        return
        [
            Html.Text(row.Title),
            Figure(evidence.Annual.Adjusted),
            Figure(evidence.ProbabilisticSharpe),
            Figure(evidence.DeflatedSharpe),
            evidence.MinimumTrackRecord.IsDefined
                ? Html.Number(Math.Ceiling(evidence.MinimumTrackRecord), "#,0")
                : Figure(evidence.MinimumTrackRecord),
            Html.Number(evidence.Bars, "#,0"),
            .. new[] { 2.0, 3 }.Select(factor => Html.Number(evidence.Costs.Value?
                .FirstOrDefault(at => at.Factor == factor)?.Metrics.SharpeRatio)),
        ];
    }

    private static string Figure(Estimate estimate) => estimate.IsDefined
        ? Html.Number(estimate.Value)
        : $"<span title=\"{Html.Text(estimate.Undefined)}\">–</span>";
}
