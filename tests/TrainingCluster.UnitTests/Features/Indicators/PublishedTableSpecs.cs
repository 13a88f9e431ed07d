using System.Globalization;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Testing.Files;

using Xunit.Abstractions;

namespace TrainingCluster.UnitTests.Features.Indicators;

/// <summary>
/// All published values of our indicators (TA-Lib's regression tests, D3FC's spreadsheets, the Bollinger
/// bands of gnuplot's demo data) where the tables lie beside the repository; <see
/// cref="PublishedValueSpecs"/> holds some of them in code.
/// </summary>
public sealed class PublishedTableSpecs(ITestOutputHelper output)
{
    private sealed record Table(
        int FirstRow, double[] Open, double[] High, double[] Low, double[] Close, double[] Volume);

    [Fact]
    public void Every_published_value_of_an_indicator_we_have_is_met()
    {
        if (SharedData.Find("oracles", "indicators.csv") is not { } path)
        {
            return;
        }

        var (met, missed, absent) = (0, new List<string>(), new SortedDictionary<string, int>());
        var columns = new Dictionary<string, (double[] Values, int FirstRow)?>();
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var fields = line.Split(',');
            var key = string.Join('|', fields[0], fields[1], fields[2], fields[5]);
            if (!columns.TryGetValue(key, out var column))
            {
                columns[key] = column = Compute(fields[0], fields[1], fields[2], fields[5]);
            }

            if (column is not var (values, firstRow))
            {
                absent[$"{fields[1]} {fields[5]}"] = absent.GetValueOrDefault($"{fields[1]} {fields[5]}") + 1;
                continue;
            }

            var expected = double.Parse(fields[6], CultureInfo.InvariantCulture);
            var actual = values[int.Parse(fields[3], CultureInfo.InvariantCulture) - firstRow];
            // Published values are rounded; one that was rounded from exactly a half is half a unit away.
            var tolerance = Math.Max(double.Parse(fields[7], CultureInfo.InvariantCulture), HalfUnit(fields[6]));
            if (Math.Abs(actual - expected) <= tolerance + 1e-9)
            {
                met++;
            }
            else
            {
                missed.Add($"{key} row {fields[3]}: published {fields[6]}, computed {actual:R}");
            }
        }

        Assert.True(
            missed.Count == 0, $"{met} met, {missed.Count} missed:\n{string.Join('\n', missed.Take(20))}");
        output.WriteLine($"{met} published values met; not compared: "
            + string.Join(", ", absent.Select(item => $"{item.Key} ({item.Value})")));
        Assert.Equal(PublishedIndicators.NotOurs, absent.Keys);
        Assert.True(met > 5000, $"only {met} values were compared");
    }

    private static (double[] Values, int FirstRow)? Compute(
        string dataset, string indicator, string text, string field)
    {
        var table = Read(dataset);
        return table is not null && PublishedIndicators.Find(indicator, text, field) is var (spec, output)
            ? (Column(table, spec, output), table.FirstRow)
            : null;
    }

    /// <summary>Half a unit of the last digit that was printed.</summary>
    private static double HalfUnit(string published)
    {
        var point = published.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0.5 : 0.5 * Math.Pow(10, point + 1 - published.Length);
    }

    private static double[] Column(Table table, string text, string output)
    {
        var indicator = IndicatorSpec.Parse(text).Make();
        var index = indicator.Outputs.IndexOf(output);
        Assert.True(index >= 0, $"{text} has no output {output}");
        var outputs = new double[indicator.Outputs.Length];
        var column = new double[table.Close.Length];
        for (var t = 0; t < column.Length; t++)
        {
            indicator.Next(
                new BarValues(table.Open[t], table.High[t], table.Low[t], table.Close[t], table.Volume[t]), outputs);
            column[t] = outputs[index];
        }

        return column;
    }

    private static Table? Read(string dataset)
    {
        var (file, separator, first) = dataset switch
        {
            "talib:ref252" => ("talib-ref252_undated.csv", ',', 1),
            "d3fc:input.csv" => ("d3fc-input.csv", ',', 1),
            "gnuplot:finance.dat" => ("gnuplot-finance.dat", '\t', 0),
            _ => (null, ',', 0),
        };
        if (file is null || SharedData.Find("oracles", file) is not { } path)
        {
            return null;
        }

        var all = File.ReadLines(path).Skip(first).Select(line => line.Split(separator)).ToArray();
        var firstRow = Array.FindIndex(all, row => row[1].Length > 0);
        var rows = all[firstRow..];
        return new Table(firstRow, Column(1), Column(2), Column(3), Column(4), Column(5));

        double[] Column(int index) =>
            [.. rows.Select(row => row[index].Length == 0 ? double.NaN : Number(row[index]))];

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
