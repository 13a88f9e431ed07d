using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.Replay;

/// <summary>One step of all episodes, as it goes into a <see cref="ReplayBuffer"/>; belongs to the
/// caller.</summary>
/// <param name="Observations">[episode, entry]: what the actions were chosen by.</param>
/// <param name="Tags">[episode]: of these observations.</param>
/// <param name="Actions">[episode, entry]; choices as whole numbers.</param>
/// <param name="Step">What came of them.</param>
public readonly record struct Transitions(
    float[] Observations, int[] Tags, float[] Actions, VectorStep Step);

/// <summary>Drawn transitions; made once and filled again and again.</summary>
public sealed class ReplayBatch(int rows, int observationSize, int actionSize)
{
    public int Rows { get; } = rows;

    public int ObservationSize { get; } = observationSize;

    public int ActionSize { get; } = actionSize;

    /// <summary>[row]: where the transition lies in the buffer.</summary>
    public int[] Slots { get; } = new int[rows];

    /// <summary>[row]: tag of the observation.</summary>
    public int[] Tags { get; } = new int[rows];

    /// <summary>[row, entry].</summary>
    public float[] Observations { get; } = new float[rows * observationSize];

    /// <summary>[row, entry].</summary>
    public float[] Actions { get; } = new float[rows * actionSize];

    /// <summary>[row]: Σ γ^m · reward over the steps summed up.</summary>
    public float[] Rewards { get; } = new float[rows];

    /// <summary>[row]: factor on the value of the next observation, γ^steps, or 0 after a
    /// termination.</summary>
    public float[] Discounts { get; } = new float[rows];

    /// <summary>[row, entry]: after the last step summed up.</summary>
    public float[] NextObservations { get; } = new float[rows * observationSize];

    /// <summary>[row]: importance of the row in the loss, at most 1; 1 where all are drawn alike.</summary>
    public float[] Weights { get; } = new float[rows];

    /// <summary>[row]: the goal was put in hindsight.</summary>
    public bool[] Hindsight { get; } = new bool[rows];
}
