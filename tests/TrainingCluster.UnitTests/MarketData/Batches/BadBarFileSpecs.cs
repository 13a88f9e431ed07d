using System.Globalization;
using System.Text;
using TrainingCluster.MarketData.Batches;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;

namespace TrainingCluster.UnitTests.MarketData.Batches;

/// <summary>Every way in which files have been seen to be bad: a finding or a repair with its line, never silence, never
/// half a batch.</summary>
public sealed class BadBarFileSpecs
{
    public static TheoryData<string> Names => [.. BadBarFile.All.Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_wrong_is_said_with_its_line(string name)
    {
        var file = BadBarFile.All.Single(file => file.Name == name);
        var imported = BarImporter.Read(() => new MemoryStream(file.Content), file.Name, Options(file));

        var verdict = BatchGate.Judge(imported);

        var said = Said(verdict, imported).ToArray();
        Assert.True(
            said.Any(item => (file.Line is null || item.Line == file.Line)
                && item.Text.Contains(file.Says, StringComparison.Ordinal)),
            $"nothing says '{file.Says}' of line {file.Line}:\n{string.Join('\n', said)}");
        Assert.All(said, item => Assert.DoesNotContain("Exception", item.Text));
        Assert.True(file.IsUsable == verdict.Passed, string.Join('\n', verdict.Reasons));
        Assert.Equal(verdict.Passed, verdict.Bars is not null);
        Assert.Equal(verdict.Passed, verdict.Reasons.IsEmpty);
    }

    [Theory]
    [InlineData("date,open,high,low,close\n")]
    [InlineData("date;open;high;low;close\n")]
    public void More_rows_than_may_be_held_are_refused_with_the_limit_and_the_line(string header)
    {
        var separator = header[4];
        var rows = string.Concat(Enumerable.Range(1, 9).Select(
            day => $"2000-01-0{day},1,1,1,1\n".Replace(',', separator)));

        // The second form has a quoted number, which only the slower way of reading takes.
        var text = header + (separator == ';' ? rows.Replace(";1\n", ";\"1\"\n") : rows);
        ImportedBars Read(int most) => BarImporter.Read(
            () => new MemoryStream(Encoding.UTF8.GetBytes(text)), "many.csv", new BarImportOptions { MostRows = most });

        var violation = Assert.Single(Read(8).Violations);
        Assert.Equal("many.csv, line 10: is more than the 8 rows that one file may have; split the file",
            violation.ToString());
        Assert.Null(Read(8).Bars);
        Assert.Equal(9, Read(9).ToSeries().Count);
        Assert.Equal(20_000_000, new BarImportOptions().MostRows);
    }

    private static BarImportOptions Options(BadBarFile file) => file.Options switch
    {
        ["--time-zone", var zone] => new BarImportOptions { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) },
        ["--date-order", "day-first"] => new BarImportOptions { DateOrder = DateOrder.DayFirst },
        _ => new BarImportOptions(),
    };

    private static IEnumerable<(long? Line, string Text)> Said(BatchVerdict verdict, ImportedBars imported)
    {
        foreach (var violation in imported.Violations)
        {
            yield return (violation.Line, violation.Rule);
        }

        foreach (var repair in verdict.Repairs.Items)
        {
            yield return (repair.Line, repair.ToString());
        }

        if (imported.Bars is not { } draft)
        {
            yield break;
        }

        foreach (var finding in BarQuality.Check(draft, new QualityOptions()).Findings)
        {
            var lines = finding.FirstBars.Select(bar => LineOf(draft, bar)).DefaultIfEmpty(null);
            foreach (var line in lines)
            {
                yield return (line, string.Create(CultureInfo.InvariantCulture, $"{finding.Check}: {finding.Detail}"));
            }
        }
    }

    private static long? LineOf(BarDraft draft, int bar) =>
        draft.Lines.Length == draft.Count ? draft.Lines.Span[bar] : null;
}
