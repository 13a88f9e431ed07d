using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.UnitTests.MarketData.Adjustments;

public sealed class FactorFileSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("factors").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Splits_and_dividends_are_read_in_any_order_of_columns()
    {
        var factors = FactorFile.Read(Write("dividend,Date,split\n,2014-06-09,7\n0.52,2015-02-05,\n\n"));

        Assert.Equal<PriceFactor>(
            [
                new PriceFactor(Moment("2014-06-09"), SharesPerOld: 7),
                new PriceFactor(Moment("2015-02-05"), Dividend: 0.52),
            ],
            factors.ToArray());
    }

    [Fact]
    public void Every_wrong_line_is_named_with_column_value_and_rule()
    {
        var wrong = Assert.Throws<BarDataException>(() => FactorFile.Read(Write(
            "date,split,dividend\nsoon,2,\n2014-06-09,0,\n2014-06-10,,NaN\n2014-06-11,2,\n")));

        Assert.Equal([2, 3, 4], wrong.Violations.Select(one => (int)one.Line!.Value));
        Assert.Equal(["date", "split", "dividend"], wrong.Violations.Select(one => one.Column!));
        Assert.Equal(["soon", "0", "NaN"], wrong.Violations.Select(one => one.Value!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("day,split\n2014-06-09,7\n")]
    [InlineData("date,split,bonus\n2014-06-09,7,1\n")]
    public void Other_columns_are_refused(string text) => Assert.Contains(
        "date, split and dividend", Assert.Throws<BarDataException>(() => FactorFile.Read(Write(text))).Message);

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains(
        "nowhere.csv", Assert.Throws<BarDataException>(() => FactorFile.Read("nowhere.csv")).Message);

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "factors.csv");
        File.WriteAllText(path, text);
        return path;
    }

    private static long Moment(string day) => DateTimeOffset.Parse(day + "T00:00:00Z").ToUnixTimeMilliseconds();
}
