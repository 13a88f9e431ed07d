namespace TrainingCluster.Training.Environments;

/// <summary>Episodes whose action is a vector of numbers, each in [−1, 1].</summary>
public interface IContinuousEnvironment : IEpisodeVector
{
    /// <summary>Numbers of an action.</summary>
    int ActionSize { get; }

    /// <summary>Advances every episode by one action.</summary>
    /// <param name="actions">[episode, entry]; numbers beyond ±1 count as ±1. The environment scales them to
    /// its own units.</param>
    /// <param name="step">Receives what happened.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite.</exception>
    void Step(ReadOnlySpan<float> actions, VectorStep step);
}
