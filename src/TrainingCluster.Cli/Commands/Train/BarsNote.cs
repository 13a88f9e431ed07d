using System.Globalization;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>The days of bars, for people.</summary>
internal static class BarsNote
{
    public static string Day(BarSeries bars, int bar) =>
        DateTimeOffset.FromUnixTimeMilliseconds(bars.Times[bar]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
