using System.Globalization;
using System.Text;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;

namespace TrainingCluster.SystemTests;

/// <summary>Generated markets as files.</summary>
internal static class MarketFiles
{
    /// <summary>Daily bars with a signal that can be learned.</summary>
    public static BarSeries Daily(string symbol, int bars, ulong seed) => SyntheticMarket.Generate(
        new SyntheticMarketOptions { Symbol = symbol, Bars = bars, SignalCorrelation = 0.2 }, new Seed(seed));

    /// <summary>Minutes of sessions of 390.</summary>
    public static BarSeries Minutes(string symbol, int bars, ulong seed) => SyntheticMarket.Generate(
        new SyntheticMarketOptions { Symbol = symbol, Bars = bars, SessionBars = 390, Volatility = 0.001 },
        new Seed(seed));

    /// <summary>A file named after the symbol.</summary>
    public static string Write(StateFolder folder, BarSeries bars, string under = "")
    {
        Directory.CreateDirectory(folder.Folder(under));
        return folder.File(Path.Combine(under, bars.Symbol + ".csv"), string.Join('\n', Lines(bars)));
    }

    /// <summary>A header, then a line a bar.</summary>
    public static List<string> Lines(BarSeries bars)
    {
        var lines = new List<string>
        {
            "timestamp,open,high,low,close,volume" + string.Concat(bars.Extra.Select(column => "," + column.Name)),
        };
        for (var t = 0; t < bars.Count; t++)
        {
            var line = new StringBuilder().Append(
                CultureInfo.InvariantCulture,
                $"{DateTimeOffset.FromUnixTimeMilliseconds(bars.Times[t]):yyyy-MM-dd'T'HH:mm:ss'Z'},{bars.Open[t]:R},"
                + $"{bars.High[t]:R},{bars.Low[t]:R},{bars.Close[t]:R},{bars.Volume[t]:R}");
            foreach (var column in bars.Extra)
            {
                line.Append(CultureInfo.InvariantCulture, $",{column.Values.Span[t]:R}");
            }

            lines.Add(line.ToString());
        }

        return lines;
    }
}
