namespace TrainingCluster.Training.Environments;

/// <summary>
/// Several independent episodes that advance together. An episode that ends is replaced by a fresh one in
/// the same step. The whole state can be saved and restored, random streams included. One thread; no
/// allocation per step.
/// </summary>
public interface IVectorEnvironment
{
    /// <summary>Episodes side by side.</summary>
    int Count { get; }

    int ObservationSize { get; }

    int ActionCount { get; }

    /// <summary>Starts every episode anew.</summary>
    /// <param name="observations">[episode, entry]: receives the first observations.</param>
    void Reset(Span<float> observations);

    /// <summary>Advances every episode by one action.</summary>
    /// <param name="actions">[episode], each in [0, <see cref="ActionCount"/>).</param>
    /// <param name="step">Receives what happened.</param>
    void Step(ReadOnlySpan<int> actions, VectorStep step);

    /// <summary>
    /// What each current observation shows, [episode]: the bar's index in a market, else 0.
    /// </summary>
    void Tags(Span<int> tags);

    /// <summary>Everything that decides the future of the episodes.</summary>
    byte[] SaveState();

    /// <summary>Continues from a saved state.</summary>
    /// <exception cref="InvalidDataException">The state belongs to another environment.</exception>
    void RestoreState(ReadOnlySpan<byte> state);
}

/// <summary>Why an episode ended.</summary>
public enum EpisodeEnd : byte
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>By its own rules: nothing can be earned any more, the value after it is 0.</summary>
    Terminated,

    /// <summary>It was cut off: the value after it is that of its last observation.</summary>
    Truncated,
}

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
