using System.Globalization;
using System.Text;
using TrainingCluster.MarketData.Quality;
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
        var page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append($"<title>Run {Html.Text(report.RunId)}</title><style>{Style()}</style></head><body><main>");
        page.Append(Head(report));
        if (report.Leaderboard is { } board)
        {
            page.Append(LeaderboardSection.Render(report, board)).Append(EquitySection.Render(report, board));
        }
        else
        {
            page.Append("<h2>Leaderboard</h2><p>Not computed: no job of this run came far enough to be scored.</p>");
        }

        if (report.Jobs.FirstOrDefault(job => job.Evaluation is { Stage: Stage.Ensemble })?.Evaluation is { } ensemble)
        {
            page.Append(EnsembleSection.Render(ensemble));
        }

        page.Append(TrainingSection.Render(report.Jobs)).Append(LineageSection.Render(report));
        return page.Append(Quality(report.Quality)).Append(Reproduce(report))
            .Append("</main></body></html>\n").ToString();
    }

    private static string Head(RunReport report)
    {
        var bars = report.Bars;
        var html = new StringBuilder();
        html.Append($"<h1>Run {Html.Text(report.RunId)} <span class=\"chip "
            + $"{report.Status}\">{Html.Text(report.Status)}</span></h1>")
            .Append($"<p class=\"soft\">{Html.Text(report.Spec.DataName)}, ")
            .Append($"{bars.Count:N0} bars from {Html.Day(bars.Times[0])} to {Html.Day(bars.Times[^1])}</p>");
        if (report.Leaderboard is { } board)
        {
            html.Append($"<p class=\"lead\">{Html.Text(LeaderboardSection.Verdict(board))}</p>");
        }

        return html.Append("<dl class=\"facts\">")
            .Append(Html.Fact("strategies", string.Join(", ", report.Spec.Strategies)))
            .Append(Html.Fact("budget", report.Spec.Budget.ToString().ToLowerInvariant()))
            .Append(Html.Fact("seed", report.Spec.Seed.ToString(CultureInfo.InvariantCulture)))
            .Append(Html.Fact("data", report.Spec.Data.Short))
            .Append(Html.Fact("data quality", Html.Number(report.Quality.Score, "0.000")))
            .Append("</dl>").ToString();
    }

    private static string Quality(QualityReport quality)
    {
        var html = new StringBuilder("<h2>Data quality</h2>");
        html.Append($"<p>Score {Html.Number(quality.Score, "0.000")} over {quality.Bars:N0} bars.</p>");
        if (quality.Findings.IsEmpty)
        {
            return html.Append("<p class=\"note\">Nothing was found.</p>").ToString();
        }

        html.Append("<div class=\"scroll\"><table><thead><tr><th class=\"text\">check</th><th "
            + "class=\"text\">severity</th><th>count</th><th class=\"text\">what</th></tr></thead><tbody>");
        foreach (var finding in quality.Findings)
        {
            html.Append($"<tr><td class=\"text\">{Html.Text(finding.Check)}</td><td "
                + $"class=\"text\">{finding.Severity.ToString().ToLowerInvariant()}</td>")
                .Append($"<td>{finding.Count:N0}</td><td class=\"text\">{Html.Text(finding.Detail)}</td></tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
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

    internal static string Style()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("report.css is not embedded in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
