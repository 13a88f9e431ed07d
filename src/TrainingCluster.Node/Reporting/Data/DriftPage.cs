using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrainingCluster.Features.Drift;
using TrainingCluster.Node.Reporting.Charts;

namespace TrainingCluster.Node.Reporting.Data;

/// <summary>What was compared with what.</summary>
/// <param name="Current">The file looked at.</param>
/// <param name="Reference">The file it is compared with.</param>
/// <param name="Profile">Of the reference.</param>
/// <param name="Columns">The current values by name, in the order of time.</param>
/// <param name="Report">What came of it.</param>
public sealed record DriftComparison(
    string Current,
    string Reference,
    ReferenceProfile Profile,
    IReadOnlyDictionary<string, double[]> Columns,
    DriftReport Report);

/// <summary>
/// Whether columns have drifted from a reference: one HTML file that needs nothing else and runs no script. The same
/// comparison gives the same bytes.
/// </summary>
public static class DriftPage
{
    private const int ReferenceStyle = 7;
    private const int CurrentStyle = 0;

    public static string Render(DriftComparison comparison, string command, string productVersion)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var body = new StringBuilder(Head(comparison)).Append(Summary(comparison.Report));
        foreach (var (profile, column) in comparison.Profile.Columns.Zip(comparison.Report.Columns))
        {
            body.Append(Column(profile, column, comparison));
        }

        body.Append(Method()).Append($"<h2>Reproduce</h2><pre>{Html.Text(command)}</pre>")
            .Append($"<p class=\"note\">trainctl {Html.Text(productVersion)}</p>");
        return Html.Page($"Drift of {Path.GetFileName(comparison.Current)}", body.ToString());
    }

    private static string Head(DriftComparison comparison)
    {
        var report = comparison.Report;
        var judged = report.Columns.Count(column => column.Test is not null);
        var drifted = report.Columns.Count(column => column.Verdict == DriftVerdict.Drift);
        var sentence = report.Verdict == DriftVerdict.TooLittleData
            ? "Too little data: neither drift nor its absence can be said."
            : string.Create(CultureInfo.InvariantCulture,
                $"{drifted} of {judged} columns that could be judged have drifted; from half on, the data set has.");
        return new StringBuilder($"<h1>Drift of {Html.Text(Path.GetFileName(comparison.Current))} ")
            .Append($"{Chip(report.Verdict)}</h1><p class=\"soft wrap\">{Html.Text(comparison.Current)}, ")
            .Append($"compared with {Html.Text(comparison.Reference)}</p>")
            .Append($"<p class=\"lead\">{Html.Text(sentence)}</p>").ToString();
    }

    private static string Summary(DriftReport report) => report.Columns.IsEmpty
        ? "<p class=\"note\">The reference has no columns.</p>"
        : "<h2>Columns</h2>" + Html.Table(
            [
                "<column", "<verdict", "<test", "effect", "p", "p adjusted", "PSI", "PSI by chance", "reference rows",
                "rows", "missing",
            ],
            report.Columns.Select(column => new[]
            {
                $"<span class=\"wrap\">{Html.Text(column.Name)}</span>",
                Chip(column.Verdict),
                Html.Text(TestName(column.Test)),
                Html.Number(column.Effect, "0.000"),
                Html.Number(column.PValue, "0.000"),
                Html.Number(column.Adjusted, "0.000"),
                Html.Number(column.StabilityIndex, "0.000"),
                Html.Number(column.StabilityCritical, "0.000"),
                column.ReferenceRows.ToString("N0", CultureInfo.InvariantCulture),
                column.CurrentRows.ToString("N0", CultureInfo.InvariantCulture),
                Html.Number(column.Missing * 100, "0.0") + "%",
            }));

    private static string Column(ColumnProfile profile, ColumnDrift column, DriftComparison comparison)
    {
        var html = new StringBuilder($"<h3>{Html.Text(column.Name)} {Chip(column.Verdict)}</h3>");
        double[] current =
            [.. (comparison.Columns.GetValueOrDefault(column.Name) ?? []).Where(double.IsFinite)];
        if (current.Length == 0 || profile.Values.IsEmpty)
        {
            return html.Append("<p class=\"note\">There is no value to draw on one of the two sides.</p>").ToString();
        }

        var chart = new BarChart(
            "Do the values fall into the same bins?",
            Bins(profile),
            [
                new ChartSeries("reference", profile.Shares, ReferenceStyle),
                new ChartSeries("current", [.. profile.SharesOf(current)], CurrentStyle),
            ])
        {
            ValueLabel = value => Html.Number(value * 100, "0") + "%",
        };
        html.Append(Html.Figure(chart, "share of the rows a bin; the bins are the reference's own"));
        return html.Append(column.Test is null
            ? "<p class=\"note\">Not tested: allowing for correlation in time there are too few rows on one side.</p>"
            : $"<p class=\"note\">{Html.Text(Effect(column))}</p>").ToString();
    }

    /// <summary>What a bin begins with; a value belongs to the bin after the last edge not above it.</summary>
    private static ImmutableArray<string> Bins(ColumnProfile profile) =>
        ["below", .. profile.Edges.Select(edge => (profile.IsCategorical ? "" : "≥ ") + Html.Number(edge, "0.####"))];

    private static string Effect(ColumnDrift column) => column.Test switch
    {
        DriftTest.KolmogorovSmirnov =>
            $"Effect: the distribution functions are at most {Html.Number(column.Effect, "0.000")} apart.",
        DriftTest.Wasserstein =>
            $"Effect: the mean move between the distributions is {Html.Number(column.Effect, "0.000")} standard "
                + "deviations of the reference; below 0.1 it is too small to count.",
        DriftTest.JensenShannon =>
            $"Effect: a Jensen–Shannon distance of {Html.Number(column.Effect, "0.000")}, at most 0.833; below 0.1 "
                + "it is too small to count.",
        DriftTest.ChiSquare => $"Effect: Cramér's V of {Html.Number(column.Effect, "0.000")}.",
        _ => $"Effect: the shares differ by {Html.Number(column.Effect, "0.000")}.",
    };

    private static string Method() =>
        "<h2>How it was judged</h2><p class=\"note\">Up to 1,000 reference rows: Kolmogorov–Smirnov, chi-square or a "
        + "test of two proportions; beyond, Wasserstein or Jensen–Shannon distances of at least 0.1. The p-values "
        + "allow for correlation in time, by what the rows are worth and by blocks drawn from the reference, and are "
        + "adjusted over all columns after Benjamini and Hochberg: one false alarm in thirty checks. PSI is shown "
        + "beside what chance alone exceeds once in twenty.</p>";

    private static string TestName(DriftTest? test) => test switch
    {
        DriftTest.KolmogorovSmirnov => "Kolmogorov–Smirnov",
        DriftTest.ChiSquare => "chi-square",
        DriftTest.Proportions => "two proportions",
        DriftTest.Wasserstein => "Wasserstein",
        DriftTest.JensenShannon => "Jensen–Shannon",
        _ => "–",
    };

    private static string Chip(DriftVerdict verdict) => verdict switch
    {
        DriftVerdict.Drift => "<span class=\"chip failed\">drift</span>",
        DriftVerdict.NoDrift => "<span class=\"chip succeeded\">no drift</span>",
        _ => "<span class=\"chip degraded\">too little data</span>",
    };
}
