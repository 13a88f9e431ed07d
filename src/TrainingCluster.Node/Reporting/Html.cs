using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using TrainingCluster.Node.Reporting.Charts;

namespace TrainingCluster.Node.Reporting;

/// <summary>The few pieces of HTML that every section of the report uses.</summary>
internal static class Html
{
    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");

    public static string Number(double? value, string format = "0.00") =>
        value is { } known && double.IsFinite(known)
            ? known.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−')
            : "–";

    public static string Interval(double? low, double? high) =>
        low is null || high is null ? "–" : $"{Number(low)} … {Number(high)}";

    public static string Percent(double? ratio) => ratio is { } known && double.IsFinite(known)
        ? (known * 100).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture) + "%"
        : "–";

    public static string Day(long unixMilliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Fact(string name, string value) =>
        $"<div><dt>{Text(name)}</dt><dd>{Text(value)}</dd></div>";

    /// <summary>A chart with its question as caption, its legend and a note.</summary>
    public static string Figure(Chart chart, string note = "")
    {
        var html = new StringBuilder("<figure><figcaption>").Append(Text(chart.Title));
        if (note.Length > 0)
        {
            html.Append(" <span class=\"note\">").Append(Text(note)).Append("</span>");
        }

        html.Append("</figcaption>").Append(Legend(chart.Series)).Append(SvgChart.Render(chart));
        return html.Append("</figure>").ToString();
    }

    private static string Legend(ImmutableArray<ChartSeries> series) =>
        "<ul class=\"legend\">" + string.Concat(series.Select(line =>
            $"<li class=\"k{line.Style}\"><i></i>{Text(line.Name)}{(line.Dashed ? " (dashed)" : "")}</li>")) + "</ul>";
}
