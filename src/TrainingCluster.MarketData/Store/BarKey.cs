using System.Globalization;

namespace TrainingCluster.MarketData.Store;

/// <summary>What a stored data set is of.</summary>
/// <param name="Source">Where it comes from, such as <c>csv</c> or <c>binance</c>.</param>
/// <param name="Symbol">As the source spells it.</param>
/// <param name="Interval">Of a bar.</param>
public sealed record BarKey(string Source, string Symbol, TimeSpan Interval)
{
    internal long IntervalMilliseconds => (long)Interval.TotalMilliseconds;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Source}/{Symbol}/{Interval:c}");
}
