using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.Ppo;

/// <summary>
/// One rollout of all episodes, [step, episode] in every array; made once and filled again and again.
/// </summary>
public sealed class RolloutBuffer
{
    public RolloutBuffer(int steps, int episodes, int observationSize)
    {
        (Steps, Episodes, ObservationSize) = (steps, episodes, observationSize);
        var count = steps * episodes;
        RawObservations = new float[count * observationSize];
        Observations = new float[count * observationSize];
        Actions = new int[count];
        Tags = new int[count];
        LogProbabilities = new float[count];
        Values = new float[count];
        Rewards = new float[count];
        Ends = new EpisodeEnd[count];
        FinalValues = new float[count];
        LastValues = new float[episodes];
        Advantages = new float[count];
        Returns = new float[count];
        LastObservations = new float[episodes * observationSize];
    }

    public int Steps { get; }

    public int Episodes { get; }

    public int ObservationSize { get; }

    /// <summary>Transitions.</summary>
    public int Count => Steps * Episodes;

    /// <summary>As the environment gave them, [step, episode, entry].</summary>
    public float[] RawObservations { get; }

    /// <summary>As the policy saw them, [step, episode, entry].</summary>
    public float[] Observations { get; }

    public int[] Actions { get; }

    /// <summary>What each observation showed: see <see cref="IEpisodeVector.Tags"/>.</summary>
    public int[] Tags { get; }

    public float[] LogProbabilities { get; }

    public float[] Values { get; }

    public float[] Rewards { get; }

    public EpisodeEnd[] Ends { get; }

    /// <summary>Value of the last observation of an episode that a step truncated, else 0.</summary>
    public float[] FinalValues { get; }

    /// <summary>Indices of the steps that truncated their episodes.</summary>
    public List<int> Truncations { get; } = [];

    /// <summary>As the environment gave them, [truncation, entry]: the last observations of those episodes.</summary>
    public List<float> FinalObservations { get; } = [];

    /// <summary>As the environment gave them, [episode, entry]: the observations after the last step.</summary>
    public float[] LastObservations { get; }

    /// <summary>Value of the observation after the last step, [episode].</summary>
    public float[] LastValues { get; }

    public float[] Advantages { get; }

    public float[] Returns { get; }
}
