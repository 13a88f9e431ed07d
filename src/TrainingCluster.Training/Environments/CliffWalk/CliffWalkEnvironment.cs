using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Training.Environments.CliffWalk;

/// <summary>
/// The blind cliffwalk (Schaul et al. 2016, arXiv:1511.05952, section 3.1): a row of states with one right and
/// one wrong action each; the wrong one terminates with reward 0, the right one leads on, and from the last
/// state it terminates with reward 1. Random play earns something once in 2ⁿ episodes. Which action is right
/// in a state is drawn once, so that nothing carries over from state to state. Observation: the state, one-hot.
/// </summary>
public sealed class CliffWalkEnvironment : IVectorEnvironment
{
    private readonly int[] _right;
    private readonly int[] _states;

    /// <param name="states">n of the paper, at least 2.</param>
    /// <param name="seed">Draws which actions are right.</param>
    public CliffWalkEnvironment(int states, int count, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(states, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);

        (ObservationSize, Count) = (states, count);
        var random = seed.Stream();
        _right = [.. Enumerable.Range(0, states).Select(_ => random.NextInt32(2))];
        _states = new int[count];
    }

    public int Count { get; }

    public int ObservationSize { get; }

    public int ActionCount => 2;

    /// <summary>[state]: the action that leads on.</summary>
    public ReadOnlySpan<int> RightActions => _right;

    public void Reset(Span<float> observations)
    {
        Array.Clear(_states);
        for (var episode = 0; episode < Count; episode++)
        {
            Observe(episode, observations);
        }
    }

    public void Step(ReadOnlySpan<int> actions, VectorStep step)
    {
        ActionSpace.Require(actions, Count, ActionCount);
        for (var episode = 0; episode < Count; episode++)
        {
            ref var state = ref _states[episode];
            var leadsOn = actions[episode] == _right[state];
            var goal = leadsOn && state == ObservationSize - 1;
            step.Rewards[episode] = goal ? 1 : 0;
            step.Ends[episode] = goal || !leadsOn ? EpisodeEnd.Terminated : EpisodeEnd.None;
            if (step.Ends[episode] == EpisodeEnd.None)
            {
                state++;
            }
            else
            {
                Observe(episode, step.FinalObservations);
                state = 0;
            }

            Observe(episode, step.Observations);
        }
    }

    public void Tags(Span<int> tags) => tags[..Count].Clear();

    public byte[] SaveState()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        StateCodec.Write(writer, _states);
        writer.Flush();
        return memory.ToArray();
    }

    public void RestoreState(ReadOnlySpan<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        StateCodec.Read(reader, _states);
    }

    private void Observe(int episode, Span<float> observations)
    {
        var observation = observations.Slice(episode * ObservationSize, ObservationSize);
        observation.Clear();
        observation[_states[episode]] = 1;
    }
}
