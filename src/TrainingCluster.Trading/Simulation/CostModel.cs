namespace TrainingCluster.Trading.Simulation;

/// <summary>What trading costs.</summary>
/// <param name="FeeRatio">Share of equity paid per unit of turnover: going from flat to fully long costs this
/// once, from fully long to fully short twice. In [0, 1).</param>
public sealed record CostModel(double FeeRatio = 0.0005)
{
    public static CostModel Free { get; } = new(0);

    public double FeeRatio { get; init; } = FeeRatio is >= 0 and < 1
        ? FeeRatio
        : throw new ArgumentOutOfRangeException(
            nameof(FeeRatio), FeeRatio, "the fee ratio must be at least 0 and below 1");
}
