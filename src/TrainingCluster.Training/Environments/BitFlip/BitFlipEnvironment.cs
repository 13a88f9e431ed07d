using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Training.Environments.BitFlip;

/// <summary>
/// Bits to be flipped until they equal a goal (Andrychowicz et al. 2017, arXiv:1707.01495, section 3.1): state
/// and goal are drawn uniformly at every start, an action flips one bit, a step earns 0 where it reaches the
/// goal, which terminates, and else −1; truncated after as many steps as there are bits. Observation: the
/// bits, then the goal, as 0 and 1.
/// </summary>
public sealed class BitFlipEnvironment : IGoalEnvironment
{
    private readonly float[] _observations;
    private readonly int[] _steps;
    private RandomStream _random;

    /// <param name="bits">At least 1.</param>
    public BitFlipEnvironment(int bits, int count, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);

        (GoalSize, Count) = (bits, count);
        _observations = new float[count * ObservationSize];
        _steps = new int[count];
        _random = seed.Stream();
    }

    public int Count { get; }

    public int ObservationSize => 2 * GoalSize;

    public int ActionCount => GoalSize;

    public int GoalSize { get; }

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
        ActionSpace.Require(actions, Count, ActionCount);
        for (var episode = 0; episode < Count; episode++)
        {
            var observation = Observation(episode);
            ref var bit = ref observation[actions[episode]];
            bit = 1 - bit;
            _steps[episode]++;
            var (reward, reached) = Judge(observation[..GoalSize], observation[GoalSize..]);
            step.Rewards[episode] = reward;
            step.Ends[episode] = reached ? EpisodeEnd.Terminated
                : _steps[episode] >= GoalSize ? EpisodeEnd.Truncated : EpisodeEnd.None;
            if (step.Ends[episode] != EpisodeEnd.None)
            {
                Observe(episode, step.FinalObservations);
                Begin(episode);
            }

            Observe(episode, step.Observations);
        }
    }

    public void Achieved(ReadOnlySpan<float> observation, Span<float> goal) =>
        observation[..GoalSize].CopyTo(goal);

    public (float Reward, bool Reached) Judge(ReadOnlySpan<float> achieved, ReadOnlySpan<float> desired) =>
        achieved.SequenceEqual(desired) ? (0, true) : (-1, false);

    public void Tags(Span<int> tags) => tags[..Count].Clear();

    public byte[] SaveState()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Count);
        StateCodec.Write(writer, _random.State);
        StateCodec.Write(writer, _observations);
        StateCodec.Write(writer, _steps);
        writer.Flush();
        return memory.ToArray();
    }

    public void RestoreState(ReadOnlySpan<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        StateCodec.Expect(reader.ReadInt32(), Count, "episodes");
        _random = RandomStream.Restore(StateCodec.ReadStream(reader));
        StateCodec.Read(reader, _observations);
        StateCodec.Read(reader, _steps);
    }

    private Span<float> Observation(int episode) =>
        _observations.AsSpan(episode * ObservationSize, ObservationSize);

    private void Observe(int episode, Span<float> observations) =>
        Observation(episode).CopyTo(observations[(episode * ObservationSize)..]);

    private void Begin(int episode)
    {
        _steps[episode] = 0;
        foreach (ref var bit in Observation(episode))
        {
            bit = _random.NextInt32(2);
        }
    }
}
