namespace TrainingCluster.Training.Replay;

/// <summary>
/// What a step earns in hindsight, beside its reward, by bars that came after it in the same episode. For
/// learning only: whoever judges a policy sees the rewards alone.
/// </summary>
public interface IHindsightReward
{
    /// <summary>Most bars that are looked ahead, at least 1.</summary>
    int Horizon { get; }

    /// <param name="tag">Of the observation before the step.</param>
    /// <param name="laterTag">Of the last observation that counts: tag + horizon, or the episode's last so
    /// far.</param>
    /// <param name="after">[entry]: the observation after the step.</param>
    float Bonus(int tag, int laterTag, ReadOnlySpan<float> after);
}
