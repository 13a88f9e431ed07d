using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Node.Reporting.Charts;

namespace TrainingCluster.Node.Reporting.Data;

/// <summary>
/// What is wrong with a file of bars, and whether it may be used: one HTML file that needs nothing else and runs no
/// script. The same verdict gives the same bytes.
/// </summary>
public static class QualityPage
{
    private const int MostRows = 200;
    private const int MostEvents = 60;

    /// <param name="verdict">Of the file.</param>
    /// <param name="raw">Of the bars as read, before any repair.</param>
    /// <param name="command">What a person types to see the same again.</param>
    /// <param name="productVersion">Of the program.</param>
    public static string Render(BatchVerdict verdict, QualityReport? raw, string command, string productVersion)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        var bars = verdict.Source.Bars;
        var body = new StringBuilder(Head(verdict, raw))
            .Append(Reasons(verdict))
            .Append(bars is { Count: > 1 } ? Charts(bars, raw) : "")
            .Append("<h2>What the checks found in the file</h2>")
            .Append(raw is null
                ? "<p class=\"note\">Not computed: no bar could be read.</p>"
                : QualitySection.Findings(raw.Findings, finding => Places(finding, bars!)))
            .Append(raw is null ? "" : Passed(raw))
            .Append(Unreadable(verdict))
            .Append(Repairs(verdict))
            .Append(AfterRepairs(verdict))
            .Append($"<h2>Reproduce</h2><pre>{Html.Text(command)}</pre>")
            .Append($"<p class=\"note\">trainctl {Html.Text(productVersion)}</p>");
        return Html.Page($"Quality of {Path.GetFileName(verdict.Source.Source)}", body.ToString());
    }

    private static string Head(BatchVerdict verdict, QualityReport? raw)
    {
        var source = verdict.Source;
        var (text, style) = verdict.Passed ? ("passed", "succeeded") : ("not passed", "failed");
        var html = new StringBuilder($"<h1>{Html.Text(Path.GetFileName(source.Source))} ")
            .Append($"<span class=\"chip {style}\">{text}</span></h1>")
            .Append($"<p class=\"soft wrap\">{Html.Text(source.Source)}</p>");
        if (source.Bars is not { Count: > 0 } bars)
        {
            return html.Append("<p class=\"lead\">No bar could be read.</p>").ToString();
        }

        html.Append($"<p class=\"lead\">{Html.Text(Sentence(verdict, raw))}</p><dl class=\"facts\">")
            .Append(Html.Fact("symbol", bars.Symbol))
            .Append(Html.Fact("bars read", bars.Count.ToString("N0", CultureInfo.InvariantCulture)))
            .Append(Html.Fact("from", Html.Day(Least(bars))))
            .Append(Html.Fact("to", Html.Day(Most(bars))))
            .Append(Html.Fact("dialect", source.Dialect?.ToString().ToLowerInvariant() ?? "unknown"));
        if (verdict.Report is { } report)
        {
            html.Append(Html.Fact("score after repairs", Html.Number(report.Score, "0.0000")))
                .Append(Html.Fact("present", Html.Number(report.Parts.Present, "0.0000")))
                .Append(Html.Fact("consistent", Html.Number(report.Parts.Consistent, "0.0000")))
                .Append(Html.Fact("no outlier", Html.Number(report.Parts.Ordinary, "0.0000")));
        }

        return html.Append("</dl><p class=\"note\">The score is the product of the three shares of bars; ")
            .Append($"{Html.Number(QualityReport.Threshold)} is needed.</p>").ToString();
    }

    private static string Sentence(BatchVerdict verdict, QualityReport? raw)
    {
        var findings = raw?.Findings.Length ?? 0;
        var found = findings switch
        {
            0 => "No check found anything",
            1 => "1 check found something",
            _ => $"{findings} checks found something",
        };
        var repaired = verdict.Repairs.Total == 0
            ? "nothing was repaired"
            : string.Create(CultureInfo.InvariantCulture, $"{verdict.Repairs.Total:N0} repairs were made");
        return $"{found}, {repaired}, and the bars "
            + (verdict.Passed ? "may be trained on." : "may not be trained on.");
    }

    private static string Reasons(BatchVerdict verdict) => verdict.Reasons.IsEmpty
        ? ""
        : "<h2>Why it did not pass</h2><ul>"
            + string.Concat(verdict.Reasons.Select(reason => $"<li>{Html.Text(reason)}</li>")) + "</ul>";

    private static string Charts(BarDraft bars, QualityReport? raw)
    {
        string Label(int point) => Html.Day(bars.Times.Span[Math.Min(point, bars.Count - 1)]);
        var close = ImmutableArray.Create(bars.Close.Span);
        var chart = new Chart
        {
            Title = raw is { Findings.IsEmpty: false } ? "Where are the findings?" : "How did the close move?",
            Series = [new ChartSeries("close as read", close, 0)],
            PointLabel = Label,
            Logarithmic = close.All(value => value > 0) && close.Max() > 10 * close.Min(),
            ValueLabel = value => Html.Number(value, "0.####"),
            Events =
            [
                .. (raw?.Findings ?? [])
                    .SelectMany(finding => finding.FirstBars.Select(bar => new ChartEvent(
                        bar, $"{finding.Check}, {Label(bar)}: {finding.Detail}")))
                    .OrderBy(happened => happened.Point)
                    .Take(MostEvents),
            ],
            Height = 240,
        };
        return "<h2>The bars</h2>" + Html.Figure(
            chart,
            chart.Events.IsEmpty ? "as read" : "a mark a place that a check named, at most the first ten of each");
    }

    private static string Passed(QualityReport raw)
    {
        var silent = BarQuality.Checks.Except(raw.Findings.Select(finding => finding.Check)).ToArray();
        return silent.Length == 0
            ? ""
            : $"<p class=\"note\">Looked at without a finding: {Html.Text(string.Join(", ", silent))}.</p>";
    }

    private static string Unreadable(BatchVerdict verdict)
    {
        var source = verdict.Source;
        if (source.TotalViolations == 0)
        {
            return "<h2>Rows that could not be read</h2><p class=\"note\">None.</p>";
        }

        return "<h2>Rows that could not be read</h2>" + Shown(source.Violations.Length, source.TotalViolations)
            + Html.Table(
                ["line", "<column", "<value", "<rule"],
                source.Violations.Take(MostRows).Select(violation => new[]
                {
                    violation.Line?.ToString("N0", CultureInfo.InvariantCulture) ?? "–",
                    Html.Text(violation.Column ?? "–"),
                    $"<code class=\"wrap\">{Html.Text(violation.Value ?? "–")}</code>",
                    $"<span class=\"wrap\">{Html.Text(violation.Rule)}</span>",
                }));
    }

    private static string Repairs(BatchVerdict verdict)
    {
        var (items, total) = (verdict.Repairs.Items, verdict.Repairs.Total);
        return total == 0
            ? "<h2>Repairs</h2><p class=\"note\">None.</p>"
            : "<h2>Repairs</h2>" + Shown(items.Length, total) + Html.Table(
                ["<rule", "line", "<stamp", "<what"],
                items.Take(MostRows).Select(Row));
    }

    private static string[] Row(BarRepair repair) =>
    [
        Html.Text(repair.Rule),
        repair.Line?.ToString("N0", CultureInfo.InvariantCulture) ?? "–",
        repair.Stamp is { } time ? Stamp(time) : "–",
        $"<span class=\"wrap\">{Html.Text(repair.Detail)}</span>",
    ];

    private static string AfterRepairs(BatchVerdict verdict) =>
        verdict.Report is { } report && verdict.Repairs.Total > 0
        ? "<h2>What the checks found after repairs</h2>"
            + QualitySection.Findings(report.Findings, finding => Places(finding, verdict.Draft!))
        : "";

    private static string Shown(int items, long total) => string.Create(CultureInfo.InvariantCulture,
        $"<p class=\"note\">The first {Math.Min(items, MostRows):N0} of {total:N0}.</p>");

    private static IEnumerable<string> Places(QualityFinding finding, BarDraft bars) => finding.FirstBars
        .Where(bar => bar < bars.Count)
        .Select(bar => bars.Lines.Length == bars.Count
            ? string.Create(
                CultureInfo.InvariantCulture, $"{Stamp(bars.Times.Span[bar])} (line {bars.Lines.Span[bar]})")
            : Stamp(bars.Times.Span[bar]));

    private static string Stamp(long milliseconds)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return time.ToString(
            time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static long Least(BarDraft bars) => bars.Times.ToArray().Min();

    private static long Most(BarDraft bars) => bars.Times.ToArray().Max();
}
