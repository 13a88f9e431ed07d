using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.Ppo.Recurrent;

/// <summary>
/// The last observations of each episode, the oldest first; what lies before an episode's beginning is 0, and a last
/// entry of each step says whether it was.
/// </summary>
internal sealed class ObservationHistory(int episodes, int steps, int observationSize)
{
    /// <summary>Entries of a step besides the observation's.</summary>
    public const int Marks = 1;

    private readonly int _width = observationSize + Marks;

    /// <summary>[episode, step, entry].</summary>
    public float[] Windows { get; } = new float[episodes * steps * (observationSize + Marks)];

    /// <summary>Numbers of a window.</summary>
    public int WindowSize => steps * _width;

    public Span<float> Window(int episode) => Windows.AsSpan(episode * WindowSize, WindowSize);

    /// <summary>Forgets an episode and begins another.</summary>
    public void Begin(int episode, ReadOnlySpan<float> observation)
    {
        Window(episode).Clear();
        Push(episode, observation);
    }

    public void Push(int episode, ReadOnlySpan<float> observation)
    {
        var window = Window(episode);
        window[_width..].CopyTo(window);
        observation.CopyTo(window[^_width..]);
        window[^1] = 1;
    }

    public void Write(BinaryWriter writer) => StateCodec.Write(writer, Windows);

    public void Read(BinaryReader reader) => StateCodec.Read(reader, Windows);
}
