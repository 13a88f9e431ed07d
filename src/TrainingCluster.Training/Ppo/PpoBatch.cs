using TrainingCluster.Training.Ppo.Reuse;

namespace TrainingCluster.Training.Ppo;

/// <summary>
/// The transitions of a minibatch, gathered from a rollout; made once and filled again and again.
/// </summary>
public sealed class PpoBatch(int rows, int observationSize)
{
    public int Rows { get; } = rows;

    /// <summary>As the policy sees them, [row, entry].</summary>
    public float[] Observations { get; } = new float[rows * observationSize];

    public int[] Actions { get; } = new int[rows];

    public int[] Tags { get; } = new int[rows];

    public float[] OldLogProbabilities { get; } = new float[rows];

    public float[] Advantages { get; } = new float[rows];

    public float[] Returns { get; } = new float[rows];

    /// <summary>Values that the rollout's policy saw in the observations.</summary>
    public float[] OldValues { get; } = new float[rows];

    /// <summary>
    /// Log-probabilities [row, action] that the policy is held near; empty where it is free.
    /// </summary>
    public float[] AnchorLogProbabilities { get; set; } = [];

    /// <summary>
    /// [row]: weight of the row in the surrogate, above 0; empty where all rows were chosen by the policy itself.
    /// </summary>
    public float[] Importance { get; private set; } = [];

    /// <summary>Copies the chosen transitions and normalises their advantages.</summary>
    /// <param name="transitions">[row]: indices into the rollout.</param>
    public void Gather(RolloutBuffer rollout, ReadOnlySpan<int> transitions)
    {
        Copy(rollout, transitions[..Rows], 0);
        PpoLoss.NormalizeAdvantages(Advantages);
    }

    /// <summary>Fresh transitions first, then replayed ones with their importance; their advantages are normalised
    /// together.</summary>
    /// <param name="fresh">Indices into the rollout.</param>
    /// <param name="chosen">Indices into what is replayed, for the rows that the fresh ones leave.</param>
    internal void Gather(
        RolloutBuffer rollout, ReadOnlySpan<int> fresh, ReplayedSteps replayed, ReadOnlySpan<int> chosen)
    {
        Importance = Importance.Length == Rows ? Importance : new float[Rows];
        Copy(rollout, fresh, 0);
        Copy(replayed.Rollout, chosen, fresh.Length);
        Array.Fill(Importance, 1f);
        for (var row = fresh.Length; row < Rows; row++)
        {
            Importance[row] = replayed.Importance[chosen[row - fresh.Length]];
        }

        PpoLoss.NormalizeAdvantages(Advantages);
    }

    private void Copy(RolloutBuffer rollout, ReadOnlySpan<int> transitions, int first)
    {
        var size = rollout.ObservationSize;
        for (var row = first; row < first + transitions.Length; row++)
        {
            var from = transitions[row - first];
            rollout.Observations.AsSpan(from * size, size).CopyTo(Observations.AsSpan(row * size));
            Actions[row] = rollout.Actions[from];
            Tags[row] = rollout.Tags[from];
            OldLogProbabilities[row] = rollout.LogProbabilities[from];
            OldValues[row] = rollout.Values[from];
            Advantages[row] = rollout.Advantages[from];
            Returns[row] = rollout.Returns[from];
        }
    }
}
