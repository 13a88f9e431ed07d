using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TrainingCluster.UnitTests.Node.Reporting;

/// <summary>What every report page promises.</summary>
internal static partial class SelfContained
{
    /// <summary>No script, nothing from elsewhere, every table row as long as the others, tags in pairs.</summary>
    public static void Require(string page)
    {
        Assert.StartsWith("<!doctype html>", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("http", page);
        Assert.DoesNotContain("url(", page);
        Assert.DoesNotContain("@import", page);
        Assert.DoesNotMatch(@"\son[a-z]+=", page);
        var main = XDocument.Parse(Body().Match(page).Value).Root!;
        foreach (var table in main.Descendants("table"))
        {
            Assert.Single(table.Descendants("tr").Select(row => row.Elements().Count()).Distinct());
        }
    }

    [GeneratedRegex("<main>.*</main>", RegexOptions.Singleline)]
    private static partial Regex Body();
}
