using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrainingCluster.Node.Reporting.Charts;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Verdicts;

namespace TrainingCluster.Node.Reporting;

/// <summary>How far a result can be believed: every statistic, or the reason why it is not there.</summary>
internal static class EvidenceSection
{
    private const int LogitBins = 21;

    /// <param name="title">Of the section.</param>
    /// <param name="evidence">Of the result by itself.</param>
    /// <param name="field">Of choosing it.</param>
    public static string Render(string title, Evidence evidence, FieldEvidence field)
    {
        var html = new StringBuilder($"<h2>{Html.Text(title)}</h2><p>{Sentence(evidence)}</p>");
        html.Append(Lines(evidence.Lines()))
            .Append("<h3>If the choice was luck</h3>")
            .Append(Lines(field.Lines()))
            .Append(Pairs(field));
        if (field.Overfitting.IsKnown)
        {
            html.Append(Logits(field.Overfitting.Value));
        }

        return html.Append(Windows(evidence)).Append(Regimes(evidence)).Append(Costs(evidence)).ToString();
    }

    private static string Sentence(Evidence evidence) => evidence.Verdict switch
    {
        SkillVerdict.Skill => "Evidence of skill: the deflated Sharpe ratio reaches 0.95.",
        SkillVerdict.Weak => "Weak evidence: the deflated Sharpe ratio lies between 0.90 and 0.95.",
        _ when evidence.DeflatedSharpe.IsDefined => "No evidence of skill: the deflated Sharpe ratio is below 0.90.",
        _ => $"No evidence of skill: the deflated Sharpe ratio could not be computed "
            + $"({Html.Text(evidence.DeflatedSharpe.Undefined)}).",
    };

    private static string Lines(ImmutableArray<EvidenceLine> lines)
    {
        var html = new StringBuilder("<div class=\"scroll\"><table class=\"evidence\"><tbody>");
        foreach (var line in lines)
        {
            html.Append($"<tr><td class=\"text\">{Html.Text(line.Name)}</td>")
                .Append($"<td class=\"text\">{Html.Text(line.Value)}</td>")
                .Append($"<td class=\"text note\">{Html.Text(line.Meaning)}</td></tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Pairs(FieldEvidence field)
    {
        if (field.WithoutPairs is { } none)
        {
            return Missing(none);
        }

        return Html.Table(
                [$"<{field.Chosen} against", "difference of Sharpe ratios a bar", "p", "adjusted p"],
                field.Pairs.Select(pair => new[]
                {
                    Html.Text(pair.Other),
                    pair.Difference.IsKnown
                        ? Html.Number(pair.Difference.Value.Difference, "+0.0000;-0.0000;0")
                        : $"<span title=\"{Html.Text(pair.Difference.Missing)}\">not computed</span>",
                    Html.Number(pair.Difference.Value?.PValue, "0.000"),
                    Html.Number(pair.Adjusted, "0.000"),
                }))
            + "<p class=\"note\">Ledoit and Wolf's test on the same bars; adjusted after Holm over all pairs. "
            + "Not computed: one of the two never varies, or both are the same.</p>";
    }

    private static string Logits(BacktestOverfitting overfitting)
    {
        var (low, high) = (overfitting.Logits.Min(), overfitting.Logits.Max());
        var reach = Math.Max(1, Math.Max(-low, high));
        var counts = new double[LogitBins];
        foreach (var logit in overfitting.Logits)
        {
            counts[(int)Math.Min(LogitBins - 1, (logit + reach) / (2 * reach) * LogitBins)]++;
        }

        var chart = new BarChart(
            "Where does the best of one half rank in the other?",
            [
                .. Enumerable.Range(0, LogitBins).Select(bin => Html.Number(
                    -reach + (bin + 0.5) * 2 * reach / LogitBins, "0.0")),
            ],
            [new ChartSeries("halvings", [.. counts], 0)])
        {
            ValueLabel = value => value.ToString("N0", CultureInfo.InvariantCulture),
        };
        return Html.Figure(chart, string.Create(CultureInfo.InvariantCulture,
            $"logit of the rank over {overfitting.Logits.Length:N0} halvings; 0 is the median, below is overfitted"));
    }

    private static string Windows(Evidence evidence) => "<h3>Window by window</h3>" + (evidence.Windows.IsKnown
        ? Html.Table(
            ["<from", "<to", "bars", "Sharpe a bar", "return", "drawdown"],
            evidence.Windows.Value.Select(window => new[]
            {
                Html.Day(window.From.ToUnixTimeMilliseconds()),
                Html.Day(window.To.ToUnixTimeMilliseconds()),
                window.Bars.ToString("N0", CultureInfo.InvariantCulture),
                Html.Number(window.SharpePerBar.Value, "0.000"),
                Html.Percent(window.TotalReturnRatio),
                Html.Percent(-window.MaxDrawdownRatio),
            }))
        : Missing(evidence.Windows.Missing));

    private static string Regimes(Evidence evidence) => "<h3>In which markets?</h3>" + (evidence.Regimes.IsKnown
        ? Html.Table(
            ["<regime", "share of bars", "return", "drawdown", "trades", "win rate"],
            evidence.Regimes.Value.Select(result => new[]
            {
                result.Regime.ToString().ToLowerInvariant(),
                Share(result.Share),
                Html.Percent(result.TotalReturnRatio),
                Html.Percent(-result.MaxDrawdownRatio),
                result.Trades.ToString("N0", CultureInfo.InvariantCulture),
                Share(result.WinRate),
            }))
        : Missing(evidence.Regimes.Missing));

    private static string Costs(Evidence evidence) => "<h3>If trading were dearer</h3>" + (evidence.Costs.IsKnown
        ? Html.Table(
            ["<costs", "Sharpe", "return", "drawdown"],
            evidence.Costs.Value.Select(at => new[]
            {
                string.Create(CultureInfo.InvariantCulture, $"{at.Factor:0.#}×"),
                Html.Number(at.Metrics.SharpeRatio),
                Html.Percent(at.Metrics.TotalReturnRatio),
                Html.Percent(-at.Metrics.MaxDrawdownRatio),
            }))
        : Missing(evidence.Costs.Missing));

    private static string Missing(string? reason) => $"<p class=\"note\">Not computed: {Html.Text(reason)}.</p>";

    private static string Share(double? ratio) => ratio is { } known ? Html.Number(known * 100, "0.0") + "%" : "–";
}
