using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.Node.Reporting.Data;

namespace TrainingCluster.UnitTests.Node.Reporting.Data;

public sealed class QualityPageSpecs : IDisposable
{
    private const string Header = "Date,Open,High,Low,Close,Volume\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("quality-").FullName;

    [Fact]
    public void A_clean_file_says_so_and_which_checks_looked()
    {
        var page = Page("good.csv", Header + string.Concat(Days(60)));

        SelfContained.Require(page);
        Assert.Contains(">passed<", page);
        Assert.Contains("may be trained on", page);
        Assert.Contains("Looked at without a finding: order, duplicates", page);
    }

    [Fact]
    public void Findings_unreadable_rows_and_repairs_have_lines_and_values_escaped()
    {
        var rows = Days(60).ToList();
        rows[20] = "2024-01-21,10,<b>x</b>,9,10,5\n";
        rows.Insert(30, rows[29]);

        var page = Page("bad & long.csv", Header + string.Concat(rows));

        SelfContained.Require(page);
        Assert.Contains("bad &amp; long.csv", page);
        Assert.Contains("&lt;b&gt;x&lt;/b&gt;", page);
        Assert.Contains("duplicates", page);
        Assert.Contains("(line 32)", page);
        Assert.Contains("What the checks found after repairs", page);
    }

    [Fact]
    public void A_file_without_a_readable_bar_has_a_page_too()
    {
        var page = Page("empty.csv", "nothing here\n");

        SelfContained.Require(page);
        Assert.Contains("No bar could be read", page);
        Assert.Contains("not passed", page);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Page(string name, string content)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, content);
        var imported = BarImporter.Read(file);
        var raw = imported.Bars is { } bars ? BarQuality.Check(bars, new QualityOptions()) : null;
        return QualityPage.Render(BatchGate.Judge(imported), raw, "trainctl data check", "1.0");
    }

    private static IEnumerable<string> Days(int count) => Enumerable.Range(0, count).Select(i =>
        FormattableString.Invariant($"{new DateTime(2024, 1, 1).AddDays(i):yyyy-MM-dd},")
        + FormattableString.Invariant($"100,102,98,{100 + Math.Sin(i * i):0.00},{50 + i}\n"));
}
