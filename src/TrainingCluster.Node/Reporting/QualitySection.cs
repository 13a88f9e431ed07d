using System.Collections.Immutable;
using System.Globalization;
using TrainingCluster.MarketData.Quality;

namespace TrainingCluster.Node.Reporting;

/// <summary>What quality checks found, as a table.</summary>
internal static class QualitySection
{
    /// <param name="findings">The gravest first.</param>
    /// <param name="places">Where a finding's first bars are, as texts; null shows no places.</param>
    public static string Findings(
        ImmutableArray<QualityFinding> findings, Func<QualityFinding, IEnumerable<string>>? places)
    {
        if (findings.IsEmpty)
        {
            return "<p class=\"note\">Nothing was found.</p>";
        }

        string[] columns = ["<check", "<severity", "count", "<what"];
        return Html.Table(
            places is null ? columns : [.. columns, "<first places"],
            findings.Select(finding =>
            {
                string[] cells =
                [
                    Html.Text(finding.Check),
                    $"<span class=\"chip {Severity(finding)}\">{Severity(finding)}</span>",
                    finding.Count.ToString("N0", CultureInfo.InvariantCulture),
                    $"<span class=\"wrap\">{Html.Text(finding.Detail)}</span>",
                ];
                return places is null
                    ? cells
                    : [.. cells, $"<span class=\"wrap\">{Whole(places(finding))}</span>"];
            }));
    }

    /// <summary>Lines break between places and not within one.</summary>
    private static string Whole(IEnumerable<string> places) =>
        string.Join(", ", places.Select(place => $"<span class=\"whole\">{Html.Text(place)}</span>"));

    private static string Severity(QualityFinding finding) => finding.Severity.ToString().ToLowerInvariant();
}
