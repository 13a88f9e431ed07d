namespace TrainingCluster.MarketData.Sources.Binance;

/// <summary>How Binance is asked.</summary>
public sealed record BinanceOptions
{
    /// <summary>The endpoint for market data alone needs no key.</summary>
    public Uri BaseAddress { get; init; } = new("https://data-api.binance.vision");

    /// <summary>Bars of one answer, 2 to 1000.</summary>
    public int Limit { get; init; } = 1000;

    /// <summary>Of one whole answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
