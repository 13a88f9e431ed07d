namespace TrainingCluster.Training.Environments;

/// <summary>
/// Episodes with a goal that another goal could stand in for: what hindsight experience replay needs
/// (Andrychowicz et al. 2017, arXiv:1707.01495). An observation ends with the goal's entries.
/// </summary>
public interface IGoalEnvironment : IVectorEnvironment
{
    /// <summary>Entries of a goal: the last ones of an observation.</summary>
    int GoalSize { get; }

    /// <summary>The goal that an observation has reached, whatever it asks for.</summary>
    /// <param name="observation">[entry].</param>
    /// <param name="goal">[goal entry]: receives it.</param>
    void Achieved(ReadOnlySpan<float> observation, Span<float> goal);

    /// <summary>What a step earns that arrives at one goal while another is asked for.</summary>
    /// <param name="achieved">[goal entry]: of the observation after the step.</param>
    /// <param name="desired">[goal entry].</param>
    /// <returns>The reward, and whether the goal is reached, which terminates the episode.</returns>
    (float Reward, bool Reached) Judge(ReadOnlySpan<float> achieved, ReadOnlySpan<float> desired);
}
