using System.Globalization;
using System.Text;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Node.Reporting;

/// <summary>
/// The report of a run as one HTML file that needs nothing else: styles and charts are inside it, and it runs
/// no script.
/// The same report gives the same bytes.
/// </summary>
public static class ReportPage
{
    public static string Render(RunReport report)
    {
        var page = new StringBuilder(Head(report));
        if (report.Leaderboard is { } board)
        {
            page.Append(LeaderboardSection.Render(report, board))
                .Append(BoardEvidence.Render(board))
                .Append(EquitySection.Render(board));
        }
        else
        {
            page.Append("<h2>Leaderboard</h2><p>Not computed: no job of this run came far enough to be scored.</p>");
        }

        if (report.Jobs.FirstOrDefault(job => job.Evaluation is { Stage: Stage.Ensemble })?.Evaluation is { } ensemble)
        {
            page.Append(EnsembleSection.Render(ensemble, report.Leaderboard?.Weighting));
        }

        page.Append(TrainingSection.Render(report.Jobs)).Append(LineageSection.Render(report));
        page.Append(DataSection.Render(report)).Append(Reproduce(report));
        return Html.Page($"Run {report.RunId}", page.ToString());
    }

    private static string Head(RunReport report)
    {
        var bars = report.Bars;
        var html = new StringBuilder();
        html.Append($"<h1>Run {Html.Text(report.RunId)} <span class=\"chip "
            + $"{report.Status}\">{Html.Text(report.Status)}</span></h1>")
            .Append($"<p class=\"soft\">{Html.Text(report.Spec.DataName)}, ")
            .Append(string.Join("<br>", bars.Symbols.Select(symbol =>
                $"{(bars.IsSingle ? "" : Html.Text(symbol.Symbol) + ": ")}{symbol.Count:N0} bars from "
                + $"{Html.Day(symbol.Times[0])} to {Html.Day(symbol.Times[^1])}")))
            .Append("</p>");
        if (report.Leaderboard is { } board)
        {
            html.Append($"<p class=\"lead\">{Html.Text(LeaderboardSection.Verdict(board))}</p>");
        }

        return html.Append("<dl class=\"facts\">")
            .Append(Html.Fact("strategies", string.Join(", ", report.Spec.Strategies)))
            .Append(Html.Fact("budget", report.Spec.Budget.ToString().ToLowerInvariant()))
            .Append(Html.Fact("seed", report.Spec.Seed.ToString(CultureInfo.InvariantCulture)))
            .Append(Html.Fact("data", report.Spec.Data.Short))
            .Append(Html.Fact("data quality", Html.Number(report.Quality.Min(one => one.Score), "0.000")))
            .Append("</dl>").ToString();
    }

    private static string Reproduce(RunReport report)
    {
        var html = new StringBuilder("<h2>Reproduce</h2><p>The same bars, this command and the numeric profile "
            + "below give the same artifacts, byte for byte.</p>");
        html.Append($"<pre>{Html.Text(report.Command)}</pre>")
            .Append($"<p class=\"note\">trainctl {Html.Text(report.ProductVersion)}; data {report.Spec.Data}; seed "
                + $"{report.Spec.Seed}");
        foreach (var (key, value) in report.Profile)
        {
            html.Append($"; {Html.Text(key)} {Html.Text(value)}");
        }

        return html.Append("</p>").ToString();
    }
}
