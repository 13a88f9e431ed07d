namespace TrainingCluster.Training.Environments;

/// <summary>The outcome of one step of all episodes; made once and filled again and again.</summary>
public sealed class VectorStep(int count, int observationSize)
{
    /// <summary>[episode].</summary>
    public float[] Rewards { get; } = new float[count];

    /// <summary>[episode].</summary>
    public EpisodeEnd[] Ends { get; } = new EpisodeEnd[count];

    /// <summary>
    /// [episode, entry]: what the next action is based on; of the fresh episode where one ended.
    /// </summary>
    public float[] Observations { get; } = new float[count * observationSize];

    /// <summary>
    /// [episode, entry]: the last observation of an episode that ended; stale where none did.
    /// </summary>
    public float[] FinalObservations { get; } = new float[count * observationSize];
}
