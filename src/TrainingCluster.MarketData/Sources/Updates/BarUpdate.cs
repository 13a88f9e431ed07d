using System.Collections.Immutable;
using TrainingCluster.MarketData.Sources.Http;
using TrainingCluster.MarketData.Store;

namespace TrainingCluster.MarketData.Sources.Updates;

/// <summary>
/// Brings many series up to date at once. Each is fetched whole, checked and repaired, and then stored in one step;
/// one that fails leaves the store as it was and does not hold up the others.
/// </summary>
/// <param name="store">Where bars go.</param>
/// <param name="options">How to fetch, and what bars must be like.</param>
/// <param name="clock">For now and all waits.</param>
public sealed class BarUpdate(BarStore store, UpdateOptions options, TimeProvider clock)
{
    /// <param name="source">All questions to it are spaced out together.</param>
    /// <param name="symbols">As the source spells them.</param>
    /// <param name="timeframes">Each symbol in each.</param>
    /// <param name="progress">Told of each series that is done; null for nobody.</param>
    /// <param name="cancellation">Pages that have come are kept for the next time.</param>
    /// <returns>One a symbol and timeframe, in their order.</returns>
    public async Task<ImmutableArray<SeriesOutcome>> RunAsync(
        IBarSource source, IReadOnlyList<string> symbols, IReadOnlyList<Timeframe> timeframes,
        IProgress<SeriesOutcome>? progress, CancellationToken cancellation)
    {
        var limit = new RateLimit(options.RequestsPerMinute, clock);
        using var places = new SemaphoreSlim(options.Parallel);
        return [.. await Task.WhenAll(
            from symbol in symbols
            from timeframe in timeframes
            select RunAsync(source, symbol, timeframe))];

        async Task<SeriesOutcome> RunAsync(IBarSource source, string symbol, Timeframe timeframe)
        {
            await places.WaitAsync(cancellation);
            try
            {
                var outcome = await new SeriesUpdate(store, options, clock, limit, source, symbol, timeframe)
                    .RunAsync(cancellation);
                progress?.Report(outcome);
                return outcome;
            }
            finally
            {
                places.Release();
            }
        }
    }
}
