namespace TrainingCluster.MarketData.Sources.Yahoo;

/// <summary>How Yahoo is asked.</summary>
public sealed record YahooOptions
{
    public Uri BaseAddress { get; init; } = new("https://query1.finance.yahoo.com");

    /// <summary>
    /// Yahoo's prices are adjusted for splits. True scales them by its adjusted close too, so that dividends are in
    /// them: daily bars only, and every dividend changes all bars before it.
    /// </summary>
    public bool AdjustForDividends { get; init; }

    /// <summary>Of one whole answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
