using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;

namespace TrainingCluster.LearningTests.Ppo;

/// <summary>
/// Which of two things was shown at the beginning? The first observation shows it, the following ones nothing but
/// that time passes, and only the answer in the last step earns 1. Whoever forgets earns a half.
/// </summary>
internal sealed class RecallEpisodes : IVectorEnvironment
{
    /// <summary>Steps of an episode: as many observations lie between question and answer, less two.</summary>
    public const int Steps = 5;

    private readonly int[] _shown;
    private readonly int[] _step;
    private readonly EpisodeEnd _end;
    private RandomStream _random;

    /// <param name="end">How episodes end.</param>
    public RecallEpisodes(int count, Seed seed, EpisodeEnd end = EpisodeEnd.Terminated)
    {
        _end = end;
        (Count, _shown, _step) = (count, new int[count], new int[count]);
        _random = seed.Stream();
    }

    public int Count { get; }

    public int ObservationSize => 3;

    public int ActionCount => 2;

    public void Reset(Span<float> observations)
    {
        for (var episode = 0; episode < Count; episode++)
        {
            Begin(episode);
            Observe(episode, observations);
        }
    }

    public void Step(ReadOnlySpan<int> actions, VectorStep step)
    {
        for (var episode = 0; episode < Count; episode++)
        {
            var last = ++_step[episode] == Steps;
            step.Rewards[episode] = last && actions[episode] == _shown[episode] ? 1 : 0;
            step.Ends[episode] = last ? _end : EpisodeEnd.None;
            if (last)
            {
                Observe(episode, step.FinalObservations);
                Begin(episode);
            }

            Observe(episode, step.Observations);
        }
    }

    public void Tags(Span<int> tags) => tags[..Count].Clear();

    public byte[] SaveState()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        StateCodec.Write(writer, _random.State);
        StateCodec.Write(writer, _shown);
        StateCodec.Write(writer, _step);
        writer.Flush();
        return memory.ToArray();
    }

    public void RestoreState(ReadOnlySpan<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        _random = RandomStream.Restore(StateCodec.ReadStream(reader));
        StateCodec.Read(reader, _shown);
        StateCodec.Read(reader, _step);
    }

    private void Begin(int episode) => (_shown[episode], _step[episode]) = (_random.NextInt32(2), 0);

    private void Observe(int episode, Span<float> observations)
    {
        var row = observations.Slice(episode * ObservationSize, ObservationSize);
        row.Clear();
        if (_step[episode] == 0)
        {
            row[_shown[episode]] = 1;
        }

        row[2] = (float)_step[episode] / Steps;
    }
}
