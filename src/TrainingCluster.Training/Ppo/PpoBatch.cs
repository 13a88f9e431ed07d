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

    /// <summary>Copies the chosen transitions and normalises their advantages.</summary>
    /// <param name="transitions">[row]: indices into the rollout.</param>
    public void Gather(RolloutBuffer rollout, ReadOnlySpan<int> transitions)
    {
        var size = rollout.ObservationSize;
        for (var row = 0; row < Rows; row++)
        {
            var from = transitions[row];
            rollout.Observations.AsSpan(from * size, size).CopyTo(Observations.AsSpan(row * size));
            Actions[row] = rollout.Actions[from];
            Tags[row] = rollout.Tags[from];
            OldLogProbabilities[row] = rollout.LogProbabilities[from];
            OldValues[row] = rollout.Values[from];
            Advantages[row] = rollout.Advantages[from];
            Returns[row] = rollout.Returns[from];
        }

        PpoLoss.NormalizeAdvantages(Advantages);
    }
}
