namespace TrainingCluster.Training.Environments;

/// <summary>
/// Several independent episodes that advance together: what environments of every kind of action share. An
/// episode that ends is replaced by a fresh one in the same step. The whole state can be saved and restored,
/// random streams included. One thread; no allocation per step.
/// </summary>
public interface IEpisodeVector
{
    /// <summary>Episodes side by side.</summary>
    int Count { get; }

    int ObservationSize { get; }

    /// <summary>Starts every episode anew.</summary>
    /// <param name="observations">[episode, entry]: receives the first observations.</param>
    void Reset(Span<float> observations);

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
