using System.Collections.Immutable;
using System.Text;
using TrainingCluster.Node.Reporting.Charts;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Node.Reporting;

/// <summary>Who had the say in the ensemble, and in which market.</summary>
internal static class EnsembleSection
{
    /// <summary>Once, or once for each symbol.</summary>
    public static string Render(JobEvaluation evaluation) => evaluation.Symbols is not { } symbols
        ? "<h2>Ensemble</h2>" + Of(evaluation)
        : "<h2>Ensemble</h2>" + string.Concat(symbols.Select(symbol =>
            $"<h3>{Html.Text(symbol.Symbol)}</h3>" + Of(evaluation with
            {
                TimesUtcMilliseconds = symbol.TimesUtcMilliseconds,
                Weights = symbol.Weights,
                Regimes = symbol.Regimes,
            })));

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
