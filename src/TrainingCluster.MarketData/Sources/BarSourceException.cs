namespace TrainingCluster.MarketData.Sources;

/// <summary>A source gave no answer that could be used.</summary>
/// <param name="rule">What went wrong.</param>
/// <param name="message">One line, lower case: what was asked, what came, what to do.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class BarSourceException(FetchRule rule, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public FetchRule Rule { get; } = rule;

    /// <summary>How long the source asked to be left alone; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same question may have an answer later.</summary>
    public bool IsPassing => Rule is FetchRule.RateLimited or FetchRule.ServerError or FetchRule.TimedOut
        or FetchRule.Unreachable or FetchRule.Truncated;
}
