using System.Net;

namespace TrainingCluster.Testing.Files;

/// <summary>What every page of a result has to carry, as a figure or as "not computed" with the reason.</summary>
public static class EvidenceItems
{
    private static readonly string[] Lines =
    [
        "Sharpe ratio a year", "95 % interval a year", "Sharpe ratio a year, adjusted for serial correlation",
        "probability that the Sharpe ratio is above 0", "minimum track record", "trials on these data",
        "effective trials", "threshold Sharpe ratio per bar", "deflated Sharpe ratio", "deflated by effective trials",
        "Sharpe ratio at 0×, 1×, 2×, 3× the costs", "worst drawdown", "trades, turnover", "capacity", "leak audit",
        "reality check, p", "superior predictive ability, p", "probability of overfitting",
    ];

    private static readonly string[] Headings =
        ["Window by window", "In which markets?", "If trading were dearer", "If the choice was luck"];

    /// <exception cref="InvalidOperationException">An item is missing, or its figure is left blank; all are
    /// named.</exception>
    public static void Require(string page)
    {
        var missing = Headings.Where(heading => !page.Contains($"{heading}</h3>", StringComparison.Ordinal)).ToList();
        foreach (var line in Lines)
        {
            var cells = $"<td class=\"text\">{WebUtility.HtmlEncode(line)}</td><td class=\"text\">";
            var start = page.IndexOf(cells, StringComparison.Ordinal);
            var value = start < 0 ? "" : page[(start + cells.Length)..].Split('<')[0];
            if (value.Trim().Length == 0 || value == "–")
            {
                missing.Add(line);
            }
        }

        if (missing.Count > 0)
        {
            throw new InvalidOperationException($"the page lacks {string.Join(", ", missing)}");
        }
    }
}
