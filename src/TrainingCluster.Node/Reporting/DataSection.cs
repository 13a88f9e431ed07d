using System.Globalization;
using System.Text;
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

            html.Append(QualitySection.Findings(quality.Findings, null));
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
}
