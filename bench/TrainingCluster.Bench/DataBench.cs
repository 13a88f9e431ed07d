using System.Globalization;
using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Baselines;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies.DonchianBreakout;

namespace TrainingCluster.Bench;

/// <summary>The way of a bar: from a file to features, windows and a backtest, on one core.</summary>
internal static class DataBench
{
    private const int Rows = 1_000_000;
    private const int Symbols = 500;
    private const int DaysASymbol = 2500;
    private const long FirstMinute = 946_684_800_000;
    private const long Minute = 60_000;

    public static BarSeries MillionBars() => SyntheticMarket.Generate(
        new SyntheticMarketOptions { Bars = Rows, Volatility = 0.0005 }, new Seed(1));

    public static IEnumerable<Measurement> Run()
    {
        var bars = MillionBars();
        return Files(bars)
            .Concat(IndicatorBench.Run(bars))
            .Concat(Series(bars));
    }

    private static IEnumerable<Measurement> Files(BarSeries bars)
    {
        var file = Path.Combine(Path.GetTempPath(), $"bars-{Environment.ProcessId}.csv");
        try
        {
            Write(bars, file);
            yield return Measurement.Rate("csv.read", "rows/s", Rows, 1_500_000, () => CsvBarReader.Read(file));
            yield return Measurement.Rate(
                "csv.import", "rows/s", Rows, 1_500_000, () => BarImporter.Read(file).ToSeries());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<Measurement> Series(BarSeries bars)
    {
        yield return Measurement.Seconds("features.million_bars", 2, () => FeatureSet.Compute(bars));
        var windows = new WindowView(Matrix(bars), 60);
        yield return Measurement.Figures("windows.bytes_for_million", "bytes", 0, () => BytesOf(windows));
        yield return Measurement.Seconds("backtest.million_bars", 0.15, () => Backtest.Run(
            bars, BareRule.Positions(bars, new DonchianBreakoutRule()), new IndexRange(0, Rows), new CostModel()));
        var markets = Enumerable.Range(0, Symbols)
            .Select(i => SyntheticMarket.Generate(
                new SyntheticMarketOptions { Bars = DaysASymbol, Symbol = $"S{i}" }, new Seed((ulong)i)))
            .ToArray();
        yield return Measurement.Seconds("quality.500_symbols_2500_days", 1, () =>
        {
            foreach (var market in markets)
            {
                BarQuality.Check(market);
            }
        });
    }

    private static FeatureMatrix Matrix(BarSeries bars)
    {
        var table = FeatureSet.Compute(bars);
        return RobustScaler.Fit(table, new IndexRange(table.WarmUp, bars.Count)).Transform(table);
    }

    /// <summary>What this thread allocates while it looks at every window once.</summary>
    private static double BytesOf(WindowView windows)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = 0f;
        for (var bar = windows.FirstEnd; bar < windows.Matrix.Rows; bar++)
        {
            var window = windows[bar];
            sum += window[0] + window[^1];
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return float.IsNaN(sum) ? double.NaN : allocated;
    }

    private static void Write(BarSeries bars, string file)
    {
        using var writer = new StreamWriter(file);
        writer.WriteLine("timestamp,open,high,low,close,volume");
        for (var i = 0; i < Rows; i++)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{FirstMinute + i * Minute},{bars.Open[i]:0.######},{bars.High[i]:0.######}"
                + $",{bars.Low[i]:0.######},{bars.Close[i]:0.######},{bars.Volume[i]:0}"));
        }
    }
}
