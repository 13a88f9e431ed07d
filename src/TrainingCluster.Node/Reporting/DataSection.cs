using System.Globalization;
using System.Text;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Node.Reporting;

/// <summary>What the bars were, where they came from, what was repaired and what checks still say.</summary>
internal static class DataSection
{
    public static string Render(RunReport report)
    {
        var html = new StringBuilder("<h2>Data quality</h2>");
        for (var k = 0; k < report.Quality.Length; k++)
        {
            var symbol = report.Bars.Symbols[k].Symbol;
            if (!report.Bars.IsSingle)
            {
                html.Append($"<h3>{Html.Text(symbol)}</h3>");
            }

            var quality = report.Quality[k];
            html.Append($"<p>Score {Html.Number(quality.Score, "0.000")} over {quality.Bars:N0} bars.</p>");
            if (report.Spec.Origins.FirstOrDefault(origin => origin.Symbol == symbol) is { } origin)
            {
                html.Append(Origin(origin));
            }

            html.Append(Findings(quality));
        }

        return html.ToString();
    }

    private static string Origin(DataOrigin origin)
    {
        var repairs = origin.Repairs.IsEmpty
            ? "nothing was repaired"
            : "repaired: " + string.Join(", ", origin.Repairs.Select(
                one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value}")));
        var html = new StringBuilder(
            $"<p class=\"note\">From {Html.Text(origin.Source)}, digest {origin.Digest.Short}; "
            + $"{Html.Text(repairs)}.</p>");
        if (!origin.Overruled.IsEmpty)
        {
            html.Append("<p>The batch did not pass and was accepted all the same: ")
                .Append(Html.Text(string.Join("; ", origin.Overruled))).Append("</p>");
        }

        return html.ToString();
    }

    private static string Findings(QualityReport quality)
    {
        if (quality.Findings.IsEmpty)
        {
            return "<p class=\"note\">Nothing was found.</p>";
        }

        var html = new StringBuilder("<div class=\"scroll\"><table><thead><tr><th class=\"text\">check</th><th "
            + "class=\"text\">severity</th><th>count</th><th class=\"text\">what</th></tr></thead><tbody>");
        foreach (var finding in quality.Findings)
        {
            html.Append($"<tr><td class=\"text\">{Html.Text(finding.Check)}</td><td "
                + $"class=\"text\">{finding.Severity.ToString().ToLowerInvariant()}</td>")
                .Append($"<td>{finding.Count:N0}</td><td class=\"text\">{Html.Text(finding.Detail)}</td></tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }
}
