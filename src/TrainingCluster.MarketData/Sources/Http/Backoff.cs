using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.MarketData.Sources.Http;

/// <summary>
/// Waits that double, each between half and all of that, so that clients that failed together do not come back
/// together.
/// </summary>
internal sealed class Backoff(RetryPolicy policy, RandomStream random)
{
    /// <param name="failed">Attempts that failed so far, at least 1.</param>
    /// <param name="asked">What the source asked for; at least as long is waited.</param>
    public TimeSpan Next(int failed, TimeSpan? asked)
    {
        var full = Math.Min(
            policy.Longest.TotalMilliseconds, policy.First.TotalMilliseconds * Math.Pow(2, Math.Min(failed - 1, 30)));
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling(full * (0.5 + 0.5 * random.NextDouble())));
        return asked > wait ? asked.Value : wait;
    }
}
