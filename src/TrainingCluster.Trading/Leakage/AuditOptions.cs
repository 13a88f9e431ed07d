using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Trading.Leakage;

/// <summary>What an audit looks at.</summary>
/// <param name="Train">The training window, after the pipeline's warm-up.</param>
/// <param name="Test">The test window, after it.</param>
/// <param name="Seed">Of cuts, noise and shuffles.</param>
public sealed record AuditOptions(IndexRange Train, IndexRange Test, Seed Seed)
{
    /// <summary>Bars at which the future is cut off, and as many at which it is replaced.</summary>
    public int Cuts { get; init; } = 10;

    /// <summary>Shuffles of labels and of the market, each; a first alarm is confirmed by as many more.</summary>
    public int Shuffles { get; init; } = 16;

    /// <summary>Now; with it, decisions on a bar that is not over are found. Null asks for nothing.</summary>
    public DateTimeOffset? Now { get; init; }
}
