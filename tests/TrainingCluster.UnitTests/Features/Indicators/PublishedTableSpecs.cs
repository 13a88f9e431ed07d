using System.Globalization;
using System.Text.RegularExpressions;
using TrainingCluster.Features.Adx;
using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Bollinger;
using TrainingCluster.Features.Ema;
using TrainingCluster.Features.Macd;
using TrainingCluster.Features.Rolling;
using TrainingCluster.Features.Rsi;
using TrainingCluster.Features.Stochastic;
using TrainingCluster.Testing.Files;

namespace TrainingCluster.UnitTests.Features.Indicators;

/// <summary>
/// All published values of our indicators (TA-Lib's regression tests, D3FC's spreadsheets, the Bollinger
/// bands of gnuplot's demo data) where the tables lie beside the repository; <see
/// cref="PublishedValueSpecs"/> holds some of them in code.
/// </summary>
public sealed class PublishedTableSpecs
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

        var (met, missed) = (0, new List<string>());
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
                continue;
            }

            var expected = double.Parse(fields[6], CultureInfo.InvariantCulture);
            var actual = values[int.Parse(fields[3], CultureInfo.InvariantCulture) - firstRow];
            // Published values are rounded; one that was rounded from exactly a half is half a unit away.
            if (Math.Abs(actual - expected) <= double.Parse(fields[7], CultureInfo.InvariantCulture) + 1e-9)
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
        Assert.True(met > 3500, $"only {met} values were compared");
    }

    private static (double[] Values, int FirstRow)? Compute(
        string dataset, string indicator, string text, string field)
    {
        var table = Read(dataset);
        if (table is null || text.Contains("unstable=1") || text.Contains("unstable=2"))
        {
            return null;
        }

        return Compute(table, indicator, text, field) is { } values ? (values, table.FirstRow) : null;
    }

    private static double[]? Compute(Table table, string indicator, string text, string field)
    {

        var period = Regex.Match(text, @"(?:period=|^)(\d+)") is { Success: true } match
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : 0;
        var input = text.Contains("input=Open") ? table.Open : table.Close;
        return (indicator, field) switch
        {
            ("EMA", _) => EmaIndicator.Compute(input, new EmaOptions(period)),
            ("MA_EMA", _) when text.Contains("DEFAULT") =>
                EmaIndicator.Compute(input, new EmaOptions(period)),
            ("SMA" or "MA_SMA", _) => SmaIndicator.Compute(input, period),
            ("SMA_volume", _) => SmaIndicator.Compute(table.Volume, period),
            ("RSI", "value" or "RSI") when !text.Contains("METASTOCK") =>
                RsiIndicator.Compute(input, new RsiOptions(period)),
            ("ATR", _) => AtrIndicator.Compute(table.High, table.Low, table.Close, new AtrOptions(period)),
            ("ADX", _) => Directional(table, period, value => value.Adx),
            ("PLUS_DI", _) when period > 1 => Directional(table, period, value => value.PlusDi),
            ("MINUS_DI", _) when period > 1 => Directional(table, period, value => value.MinusDi),
            ("BBANDS", _) when text.Contains("MAType_SMA") => Bands(table.Close, period, field),
            ("BollingerBands", _) => Bands(table.Open, period, field, DeviationDivisor.Sample),
            ("BollingerUpper", _) => Bands(table.Close, 20, "upper"),
            ("BollingerLower", _) => Bands(table.Close, 20, "lower"),
            ("STOCH", "k") => Slow(table, 3),
            ("STOCH", "d") => SmaIndicator.Compute(Slow(table, 3), text.Contains("SMA;4") ? 4 : 3),
            ("Stochastic", "K") => Fast(table),
            ("Stochastic", "D") => SmaIndicator.Compute(Fast(table), 3),
            ("Stochastic", "HIGHEST") => RollingExtreme.Largest(table.High, 5),
            ("Stochastic", "LOWEST") => RollingExtreme.Smallest(table.Low, 5),
            ("MACD", "FASTEMA") => EmaIndicator.Compute(table.Open, new EmaOptions(12)),
            ("MACD", "SLOWEMA") => EmaIndicator.Compute(table.Open, new EmaOptions(29)),
            ("MACD", _) when text.StartsWith("12/29/9", StringComparison.Ordinal) => Macd(table.Open, field),
            _ => null,
        };
    }

    private static double[] Directional(Table table, int period, Func<AdxValue, double> part) =>
        [.. AdxIndicator.Compute(table.High, table.Low, table.Close, new AdxOptions(period)).Select(part)];

    private static double[] Fast(Table table) =>
        StochasticIndicator.Compute(table.High, table.Low, table.Close, new StochasticOptions(5));

    private static double[] Slow(Table table, int bars) => SmaIndicator.Compute(Fast(table), bars);

    private static double[]? Bands(
        double[] values, int period, string field, DeviationDivisor divisor = DeviationDivisor.Population)
    {
        Func<BollingerValue, double>? part = field.ToUpperInvariant() switch
        {
            "UPPER" or "VALUE" => value => value.Upper,
            "MIDDLE" or "SMA" => value => value.Middle,
            "LOWER" => value => value.Lower,
            "SDEV" => value => (value.Upper - value.Middle) / 2,
            _ => null,
        };
        return part is null
            ? null
            : [.. BollingerIndicator.Compute(values, new BollingerOptions(period, 2, divisor)).Select(part)];
    }

    private static double[]? Macd(double[] values, string field)
    {
        Func<MacdValue, double>? part = field.ToUpperInvariant() switch
        {
            "MACD" => value => value.Line,
            "SIGNAL" => value => value.Signal,
            "DIVERGENCE" or "HIST" or "HISTOGRAM" => value => value.Histogram,
            _ => null,
        };
        return part is null
            ? null
            : [.. MacdIndicator.Compute(values, new MacdOptions(12, 29, 9)).Select(part)];
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
