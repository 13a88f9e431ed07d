namespace TrainingCluster.Training.Environments;

/// <summary>
/// Episodes whose observations need not be kept: a tag and the few entries of an agent's own give them back.
/// The observation after a step has the tag of the one before it plus 1.
/// </summary>
public interface IIndexedEnvironment : IEpisodeVector
{
    /// <summary>Last entries of an observation that a tag does not give back.</summary>
    int OwnEntries { get; }

    /// <summary>Writes the entries before the own ones, as the observation with this tag had them.</summary>
    /// <param name="observation">[entry]: at least ObservationSize − <see cref="OwnEntries"/> entries.</param>
    void Recall(int tag, Span<float> observation);
}
