namespace TrainingCluster.Features.Labels;

/// <summary>Which barrier a trade meets first, seen in the direction of the trade.</summary>
public enum BarrierOutcome : sbyte
{
    Stop = -1,
    Timeout = 0,
    Profit = 1,
}
