namespace TrainingCluster.MarketData.Sources.Http;

/// <summary>How often and when a question that failed for a passing reason is asked again.</summary>
public sealed record RetryPolicy
{
    /// <summary>Repeats of one question, 0 or more.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Wait before the first repeat; each further one waits up to twice as long.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A source that asks to be left alone for longer is given up at once.</summary>
    public TimeSpan LongestAsked { get; init; } = TimeSpan.FromMinutes(5);
}
