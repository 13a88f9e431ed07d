using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Sources;

/// <summary>Which bars are asked for.</summary>
/// <param name="Symbol">As the source spells it.</param>
/// <param name="Timeframe">Of a bar.</param>
/// <param name="From">Bars stamped here or later.</param>
/// <param name="To">Bars stamped before.</param>
public sealed record BarRequest(string Symbol, Timeframe Timeframe, DateTimeOffset From, DateTimeOffset To)
{
    internal long FirstMilliseconds => From.ToUnixTimeMilliseconds();

    internal long EndMilliseconds => To.ToUnixTimeMilliseconds();

    /// <summary>As errors name it.</summary>
    public override string ToString() =>
        $"{Symbol} {Timeframe} from {BarRules.Stamp(FirstMilliseconds)} to {BarRules.Stamp(EndMilliseconds)}";
}
