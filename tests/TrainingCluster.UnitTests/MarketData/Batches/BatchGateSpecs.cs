using System.Text;
using TrainingCluster.MarketData.Batches;
using TrainingCluster.UnitTests.MarketData.Import;

namespace TrainingCluster.UnitTests.MarketData.Batches;

public sealed class BatchGateSpecs : IDisposable
{
    private const string Header = "date,open,high,low,close,volume\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("batches").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_batch_passes_whole_with_its_repairs()
    {
        var verdict = BatchGate.Judge(Imported.Text(Rows(40) + "2000-01-03,10,11,9,10,5\n"));

        Assert.True(verdict.Passed);
        Assert.Equal(40, verdict.Bars!.Count);
        Assert.True(verdict.Repairs.Total > 0);
        Assert.Empty(verdict.Reasons);
    }

    [Fact]
    public void Too_many_unreadable_rows_or_a_low_score_hold_a_batch_back()
    {
        var unreadable = BatchGate.Judge(Imported.Text(Rows(28) + "x,1,1,1,1,1\ny,1,1,1,1,1\n"));
        var inconsistent = BatchGate.Judge(Imported.Text(
            Header + string.Concat(Enumerable.Range(3, 20).Select(day => $"2000-01-{day:00},10,11,9,{day},5\n"))));

        Assert.Null(unreadable.Bars);
        Assert.Contains("2 rows (6.7", Assert.Single(unreadable.Reasons));
        Assert.Contains("is below 0.95", Assert.Single(inconsistent.Reasons));
    }

    [Fact]
    public void A_file_without_bars_is_held_back_for_its_own_reason()
    {
        Assert.Equal("bars/ABC.csv: is empty; it must hold a header and bars",
            Assert.Single(BatchGate.Judge(Imported.Text("")).Reasons));
    }

    [Fact]
    public void A_batch_that_failed_is_kept_apart_once_with_its_reasons()
    {
        var file = Path.Combine(_folder, "bad.csv");
        File.WriteAllText(file, "nonsense\n", Encoding.UTF8);
        var verdict = BatchGate.Judge(TrainingCluster.MarketData.Import.BarImporter.Read(file));
        var quarantine = new Quarantine(Path.Combine(_folder, "quarantine"), TimeProvider.System);

        var place = quarantine.Keep(file, verdict);

        Assert.Equal(place, quarantine.Keep(file, verdict));
        Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(place, "bad.csv")));
        Assert.Contains("the header lacks", File.ReadAllText(Path.Combine(place, "reasons.json")));
        Assert.Single(Directory.GetDirectories(Path.Combine(_folder, "quarantine")));
    }

    private static string Rows(int count) => Header + string.Concat(Enumerable.Range(0, count).Select(day =>
        $"{new DateTime(2000, 1, 3).AddDays(day / 5 * 7 + day % 5):yyyy-MM-dd},10,11,9,{10 + 0.5 * Math.Sin(day * day)},5\n"));
}
