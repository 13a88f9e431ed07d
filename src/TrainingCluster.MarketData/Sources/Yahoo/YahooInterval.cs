using System.Collections.Immutable;

namespace TrainingCluster.MarketData.Sources.Yahoo;

/// <summary>A length of bar that Yahoo offers.</summary>
/// <param name="Name">In the question, and in the answer's <c>dataGranularity</c>.</param>
/// <param name="Days">How far back it goes; 0 = to the first trade.</param>
/// <param name="DaysAtOnce">Longest range of one question.</param>
internal sealed record YahooInterval(string Name, int Days, int DaysAtOnce)
{
    // Yahoo counts its limits to the second, and its clock is not ours: a day less than it grants.
    private static readonly ImmutableDictionary<string, YahooInterval> Known =
        new Dictionary<string, YahooInterval>
        {
            ["1m"] = new("1m", 29, 7),
            ["2m"] = new("2m", 59, 59),
            ["5m"] = new("5m", 59, 59),
            ["15m"] = new("15m", 59, 59),
            ["30m"] = new("30m", 59, 59),
            ["1h"] = new("1h", 729, 729),
            ["1d"] = new("1d", 0, 3650),
        }.ToImmutableDictionary();

    /// <exception cref="BarSourceException">Yahoo has no such bars.</exception>
    public static YahooInterval Of(Timeframe timeframe) =>
        Known.GetValueOrDefault(timeframe.ToString()) ?? throw new BarSourceException(
            FetchRule.Unsupported,
            $"yahoo has no bars of {timeframe}; it has 1m, 2m, 5m, 15m, 30m, 1h and 1d");

    /// <summary>Sixty minutes have two names.</summary>
    public bool Is(string granularity) => granularity == Name || (Name == "1h" && granularity == "60m");
}
