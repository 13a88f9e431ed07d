namespace TrainingCluster.Training.Checkpoints;

/// <summary>
/// A checkpoint is due after so many steps or so much time, whichever comes first. Changes no result.
/// </summary>
/// <param name="Steps">At least 1.</param>
/// <param name="Interval">Longest time without a checkpoint.</param>
public sealed record CheckpointCadence(long Steps, TimeSpan Interval)
{
    /// <summary>50,000 steps or 30 seconds.</summary>
    public static CheckpointCadence Default { get; } = new(50_000, TimeSpan.FromSeconds(30));
}
