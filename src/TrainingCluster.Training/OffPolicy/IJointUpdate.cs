using TrainingCluster.Training.Replay;

namespace TrainingCluster.Training.OffPolicy;

/// <summary>Something that computes a part of the observations and learns together with an algorithm.</summary>
internal interface IJointUpdate
{
    /// <summary>Writes its part of the batch's observations, lets the algorithm update, and learns from the slopes by
    /// the observations.</summary>
    /// <param name="batch">Scaled as the networks see it.</param>
    /// <param name="update">The algorithm's update under a step that asks for slopes.</param>
    UpdateTerms Update(ReplayBatch batch, UpdateStep step, Func<UpdateStep, UpdateTerms> update);
}
