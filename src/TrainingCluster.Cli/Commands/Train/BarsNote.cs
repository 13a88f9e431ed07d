using System.Globalization;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>What a person wants to know of the bars before they are trained on.</summary>
internal static class BarsNote
{
    public static void Write(TextWriter writer, BarSeries bars)
    {
        var quality = BarQuality.Check(bars);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{bars.Symbol}: {bars.Count} bars from {Day(bars, 0)} to {Day(bars, bars.Count - 1)}, quality "
                + $"{quality.Score:0.000}"));
        foreach (var finding in quality.Findings)
        {
            writer.WriteLine($"  {finding.Severity.ToString().ToLowerInvariant()}: {finding.Check}: {finding.Detail}");
        }
    }

    public static string Day(BarSeries bars, int bar) =>
        DateTimeOffset.FromUnixTimeMilliseconds(bars.Times[bar]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
