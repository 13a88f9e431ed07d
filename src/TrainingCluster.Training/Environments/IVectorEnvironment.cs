namespace TrainingCluster.Training.Environments;

/// <summary>Episodes whose action is one of a few.</summary>
public interface IVectorEnvironment : IEpisodeVector
{
    int ActionCount { get; }

    /// <summary>Advances every episode by one action.</summary>
    /// <param name="actions">[episode], each in [0, <see cref="ActionCount"/>).</param>
    /// <param name="step">Receives what happened.</param>
    /// <exception cref="ArgumentOutOfRangeException">An action lies outside the space.</exception>
    void Step(ReadOnlySpan<int> actions, VectorStep step);
}
