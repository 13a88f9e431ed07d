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

    /// <summary>A whole page that needs nothing else and runs no script: its styles are inside it.</summary>
    /// <param name="title">Of the window, as text.</param>
    /// <param name="body">As HTML.</param>
    public static string Page(string title, string body) =>
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        + $"<title>{Text(title)}</title><style>{Style()}</style></head><body><main>{body}</main></body></html>\n";

    /// <summary>A table that scrolls where the screen is too narrow for it.</summary>
    /// <param name="columns">Headings as text; one that starts with <c>&lt;</c> is left-aligned, without the
    /// mark.</param>
    /// <param name="rows">Cells as HTML.</param>
    public static string Table(string[] columns, IEnumerable<string[]> rows)
    {
        var left = Array.ConvertAll(columns, column => column.StartsWith('<'));
        var html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        for (var i = 0; i < columns.Length; i++)
        {
            html.Append(left[i] ? $"<th class=\"text\">{Text(columns[i][1..])}</th>" : $"<th>{Text(columns[i])}</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Length; i++)
            {
                html.Append(left[i] ? $"<td class=\"text\">{row[i]}</td>" : $"<td>{row[i]}</td>");
            }

            html.Append("</tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    /// <summary>A chart with its question as caption, its legend and a note.</summary>
    public static string Figure(Chart chart, string note = "") =>
        Figure(chart.Title, note, chart.Series, SvgChart.Render(chart));

    /// <inheritdoc cref="Figure(Chart, string)"/>
    public static string Figure(BarChart chart, string note = "") =>
        Figure(chart.Title, note, chart.Series, chart.Render());

    private static string Figure(string title, string note, ImmutableArray<ChartSeries> series, string svg)
    {
        var html = new StringBuilder("<figure><figcaption>").Append(Text(title));
        if (note.Length > 0)
        {
            html.Append(" <span class=\"note\">").Append(Text(note)).Append("</span>");
        }

        return html.Append("</figcaption>").Append(series.Length > 1 ? Legend(series) : "").Append(svg)
            .Append("</figure>").ToString();
    }

    private static string Style()
    {
        using var stream = typeof(Html).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("report.css is not embedded in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Legend(ImmutableArray<ChartSeries> series) =>
        "<ul class=\"legend\">" + string.Concat(series.Select(line =>
            $"<li class=\"k{line.Style}\"><i></i>{Text(line.Name)}{(line.Dashed ? " (dashed)" : "")}</li>")) + "</ul>";
}
