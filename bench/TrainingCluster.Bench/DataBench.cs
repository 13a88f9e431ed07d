using System.Globalization;
using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Baselines;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies.DonchianBreakout;

namespace TrainingCluster.Bench;

/// <summary>The way of a bar: from a file to features, on one core.</summary>
internal static class DataBench
{
    private const int Rows = 1_000_000;
    private const int Symbols = 500;
    private const int DailyBars = 2_500;
    private const long FirstMinute = 946_684_800_000;
    private const long Minute = 60_000;

    public static IEnumerable<Measurement> Run()
    {
        var bars = SyntheticMarket.Generate(new SyntheticMarketOptions { Bars = Rows, Volatility = 0.0005 }, new Seed(1));
        var file = Path.Combine(Path.GetTempPath(), $"bars-{Environment.ProcessId}.csv");
        try
        {
            using (var writer = new StreamWriter(file))
            {
                writer.WriteLine("timestamp,open,high,low,close,volume");
                for (var i = 0; i < Rows; i++)
                {
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{FirstMinute + i * Minute},{bars.Open[i]:0.######},{bars.High[i]:0.######}"
                        + $",{bars.Low[i]:0.######},{bars.Close[i]:0.######},{bars.Volume[i]:0}"));
                }
            }

            yield return Measurement.Rate("csv.read", "rows/s", Rows, 1_000_000, () => CsvBarReader.Read(file));
            yield return Measurement.Seconds("features.million_bars", 2, () => FeatureSet.Compute(bars));
            yield return Measurement.Seconds("backtest.million_bars", 0.15, () => Backtest.Run(
                bars, BareRule.Positions(bars, new DonchianBreakoutRule()), new IndexRange(0, Rows), new CostModel()));
            BarSeries[] symbols =
            [
                .. Enumerable.Range(0, Symbols).Select(i => SyntheticMarket.Generate(
                    new SyntheticMarketOptions { Bars = DailyBars }, new Seed((ulong)i))),
            ];
            yield return Measurement.Seconds("quality.500_symbols", 1, () => symbols.Sum(
                symbol => BarQuality.Check(symbol).Score));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
