namespace TrainingCluster.Training.Environments.Market;

/// <summary>What a number in [−1, 1] means as a position.</summary>
public enum TargetFrame
{
    /// <summary>The strategy chooses the side: −1 is flat, 1 is full size in its direction of the bar.</summary>
    Strategy,

    /// <summary>The number is the share of equity itself: −1 is fully short, 1 fully long.</summary>
    Absolute,
}
