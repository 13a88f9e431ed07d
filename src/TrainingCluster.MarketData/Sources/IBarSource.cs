namespace TrainingCluster.MarketData.Sources;

/// <summary>
/// Where bars come from. One call is one question to a provider: whoever calls spaces the calls out, repeats those
/// that failed for a passing reason, and goes on from the last bar that came. A source therefore does none of that.
/// Calls for different symbols may run at the same time.
/// </summary>
public interface IBarSource
{
    /// <summary>Names the source in the store, such as <c>binance</c>: lower-case letters, digits and dashes.</summary>
    string Name { get; }

    /// <summary>
    /// True where the source itself leaves out the bar that is in progress, by the sessions of its market. Else bars
    /// are left out whose stamp and timeframe reach beyond now.
    /// </summary>
    bool KnowsSessions => false;

    /// <summary>The first bars of a range, as many as one question gives.</summary>
    /// <exception cref="BarSourceException">There is no answer that could be used.</exception>
    Task<BarPage> ReadAsync(BarRequest request, CancellationToken cancellation);
}
