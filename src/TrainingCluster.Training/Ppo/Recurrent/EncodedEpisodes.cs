using TrainingCluster.Models.Recurrent;
using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.Ppo.Recurrent;

/// <summary>
/// Episodes as a policy with a memory sees them: an observation is what the encoder makes of the last observations.
/// Keeps the windows that actions were based on, because their features change with the encoder's weights.
/// </summary>
internal sealed class EncodedEpisodes : IVectorEnvironment
{
    private readonly IVectorEnvironment _inner;
    private readonly WindowEncoder _encoder;
    private readonly ObservationHistory _history;
    private readonly VectorStep _step;
    private readonly float[] _first;
    private readonly float[] _final;
    private readonly float[] _log;
    private int _logged;

    /// <param name="rolloutSteps">Steps whose windows are kept.</param>
    public EncodedEpisodes(IVectorEnvironment inner, WindowEncoder encoder, int rolloutSteps)
    {
        (_inner, _encoder) = (inner, encoder);
        _history = new ObservationHistory(inner.Count, encoder.Options.Steps, inner.ObservationSize);
        _step = new VectorStep(inner.Count, inner.ObservationSize);
        _first = new float[inner.Count * inner.ObservationSize];
        _final = new float[_history.WindowSize];
        _log = new float[rolloutSteps * _history.Windows.Length];
    }

    public int Count => _inner.Count;

    public int ObservationSize => _encoder.Options.Hidden;

    public int ActionCount => _inner.ActionCount;

    public int WindowSize => _history.WindowSize;

    /// <summary>Forgets the windows of the last rollout.</summary>
    public void BeginRollout() => _logged = 0;

    /// <summary>The window that a transition [step, episode] of the rollout was based on.</summary>
    public ReadOnlySpan<float> WindowOf(int transition) => _log.AsSpan(transition * WindowSize, WindowSize);

    public void Reset(Span<float> observations)
    {
        _inner.Reset(_first);
        for (var episode = 0; episode < Count; episode++)
        {
            _history.Begin(episode, Row(_first, episode));
        }

        Observe(observations);
    }

    public void Step(ReadOnlySpan<int> actions, VectorStep step)
    {
        _history.Windows.CopyTo(_log, _logged);
        _logged += _history.Windows.Length;
        _inner.Step(actions, _step);
        _step.Rewards.CopyTo(step.Rewards, 0);
        _step.Ends.CopyTo(step.Ends, 0);
        for (var episode = 0; episode < Count; episode++)
        {
            if (_step.Ends[episode] == EpisodeEnd.Truncated)
            {
                _history.Push(episode, Row(_step.FinalObservations, episode));
                _history.Window(episode).CopyTo(_final);
                _encoder.Encode(
                    _final, 1, step.FinalObservations.AsSpan(episode * ObservationSize, ObservationSize));
            }

            if (_step.Ends[episode] == EpisodeEnd.None)
            {
                _history.Push(episode, Row(_step.Observations, episode));
            }
            else
            {
                _history.Begin(episode, Row(_step.Observations, episode));
            }
        }

        Observe(step.Observations);
    }

    /// <summary>What the encoder, as it is now, makes of the present windows: [episode, feature].</summary>
    public void Observe(Span<float> observations) => _encoder.Encode(_history.Windows, Count, observations);

    public void Tags(Span<int> tags) => _inner.Tags(tags);

    public byte[] SaveState()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        StateCodec.Write(writer, _inner.SaveState());
        _history.Write(writer);
        writer.Flush();
        return memory.ToArray();
    }

    public void RestoreState(ReadOnlySpan<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        _inner.RestoreState(StateCodec.Read<byte>(reader));
        _history.Read(reader);
    }

    private ReadOnlySpan<float> Row(float[] observations, int episode) =>
        observations.AsSpan(episode * _inner.ObservationSize, _inner.ObservationSize);
}
