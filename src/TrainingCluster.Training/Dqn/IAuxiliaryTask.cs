using TrainingCluster.Training.Replay;

namespace TrainingCluster.Training.Dqn;

/// <summary>Something else to be learned on the trunk of a value network.</summary>
internal interface IAuxiliaryTask
{
    /// <summary>Of its loss beside the values'; 0 leaves the task out altogether.</summary>
    double Weight { get; }

    /// <param name="outputs">[row]: of the auxiliary head.</param>
    /// <param name="slopes">[row], overwritten: weighted loss by outputs.</param>
    /// <returns>The loss, unweighted.</returns>
    double Slopes(ReplayBatch batch, ReadOnlySpan<float> outputs, Span<float> slopes);
}
