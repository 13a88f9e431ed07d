namespace TrainingCluster.Training.Environments;

/// <summary>Episodes whose action is one choice on each of several branches.</summary>
public interface IBranchingEnvironment : IEpisodeVector
{
    /// <summary>Choices of each branch.</summary>
    ImmutableArray<int> Branches { get; }

    /// <summary>Advances every episode by one action.</summary>
    /// <param name="actions">[episode, branch], each in [0, its branch's choices).</param>
    /// <param name="step">Receives what happened.</param>
    /// <exception cref="ArgumentOutOfRangeException">A choice lies outside its branch.</exception>
    void Step(ReadOnlySpan<int> actions, VectorStep step);
}
