using System.Collections.Immutable;
using System.Text;
using TrainingCluster.Node.Reporting.Charts;
using TrainingCluster.Training.Ensembles;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Node.Reporting;

/// <summary>Who had the say in the ensemble, and in which market.</summary>
internal static class EnsembleSection
{
    /// <summary>Once, or once for each symbol.</summary>
    public static string Render(JobEvaluation evaluation, WeightingScores? weighting) =>
        "<h2>Ensemble</h2>" + (evaluation.Symbols is not { } symbols
            ? Of(evaluation)
            : string.Concat(symbols.Select(symbol =>
                $"<h3>{Html.Text(symbol.Symbol)}</h3>" + Of(evaluation with
                {
                    TimesUtcMilliseconds = symbol.TimesUtcMilliseconds,
                    Weights = symbol.Weights,
                    Regimes = symbol.Regimes,
                }))))
        + (weighting is null ? "" : Weighting(weighting));

    private static string Of(JobEvaluation evaluation)
    {
        var weights = new Chart
        {
            Title = "Who had the say, and in which market?",
            Series =
            [
                .. evaluation.Members.Select((member, index) => new ChartSeries(
                    member, [.. evaluation.Weights.Select(at => at[index])], index)),
            ],
            PointLabel = point => Html.Day(evaluation.TimesUtcMilliseconds[point]),
            ValueLabel = value => Html.Number(value),
            Stacked = true,
            Height = 200,
        };
        var names = evaluation.Regimes.Distinct().Order(StringComparer.Ordinal).ToArray();
        var regimes = weights with
        {
            Title = "Which regime was the market in?",
            Series = [],
            Stacked = false,
            Bands = Bands(evaluation.Regimes, names),
        };
        var html = new StringBuilder(Html.Figure(weights, "weights sum to 1"));
        html.Append(RegimeStrip(regimes, names, evaluation.Regimes.Length));
        html.Append("<p class=\"note\">").Append(Html.Text(Shares(evaluation.Regimes, names))).Append("</p>");
        return html.ToString();
    }

    private static string Weighting(WeightingScores weighting)
    {
        string[] Row(string name, WeightingOutcome outcome) =>
        [
            name, Html.Number(outcome.Sharpe), Html.Percent(outcome.TotalReturn), Html.Percent(-outcome.MaxDrawdown),
            Html.Number(outcome.RangingSharpe), Html.Percent(outcome.RangingReturn),
            Html.Percent(-outcome.RangingMaxDrawdown),
        ];
        return "<h3>Did the weights earn what they cost?</h3>"
            + Html.Table(
                [
                    "<weights", "Sharpe", "return", "drawdown", "ranging: Sharpe", "ranging: return",
                    "ranging: drawdown",
                ],
                [Row("by regime and closed trades", weighting.Dynamic), Row("equal", weighting.Equal)])
            + "<p class=\"note\">The same members on the same unseen bars, net of costs; "
            + (weighting.RangingBars is { } bars
                ? $"{bars:N0} of them in ranging markets. "
                : "ranging markets apart were not computed. ")
            + "That both have one Sharpe ratio: p "
            + $"{Html.Number(weighting.PValue, "0.000")} (Ledoit and Wolf).</p>";
    }

    private static string RegimeStrip(Chart strip, string[] names, int points)
    {
        var empty = new ChartSeries("", [.. Enumerable.Repeat(double.NaN, points)], 7);
        var legend = string.Concat(names.Select((name, index) =>
            $"<li class=\"r{index}\"><i></i>{Html.Text(name)}</li>"));
        return $"<figure><figcaption>{Html.Text(strip.Title)}</figcaption><ul class=\"legend\">{legend}</ul>"
            + SvgChart.Render(strip with { Series = [empty], Height = 70, ValueLabel = _ => "" }) + "</figure>";
    }

    private static ImmutableArray<ChartBand> Bands(ImmutableArray<string> regimes, string[] names)
    {
        var bands = ImmutableArray.CreateBuilder<ChartBand>();
        for (var start = 0; start < regimes.Length;)
        {
            var end = start + 1;
            while (end < regimes.Length && regimes[end] == regimes[start])
            {
                end++;
            }

            bands.Add(new ChartBand(start, end, regimes[start], Array.IndexOf(names, regimes[start])));
            start = end;
        }

        return bands.ToImmutable();
    }

    private static string Shares(ImmutableArray<string> regimes, string[] names) =>
        string.Join(", ", names.Select(name =>
        $"{name} {Html.Number(100.0 * regimes.Count(regime => regime == name) / regimes.Length, "0")} %"));
}
