using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Training.Environments.Bandit;

/// <summary>
/// One choice on each of several branches, each with one right answer that depends on the situation: a step
/// earns the share of branches that are right, and terminates. A table over all combinations would have
/// bins^branches entries. Observation: the situation, one-hot.
/// </summary>
public sealed class BranchingBandit : IBranchingEnvironment
{
    private readonly int[] _answers;
    private readonly int[] _situations;
    private RandomStream _random;

    /// <param name="branches">At least 1.</param>
    /// <param name="bins">Choices of each branch, at least 2.</param>
    /// <param name="situations">How many there are, at least 1; drawn uniformly.</param>
    /// <param name="seed">Draws the right answers and the situations.</param>
    public BranchingBandit(int branches, int bins, int situations, int count, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(branches, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(situations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);

        (Count, ObservationSize) = (count, situations);
        Branches = [.. Enumerable.Repeat(bins, branches)];
        var answers = seed.For("answers").Stream();
        _answers = [.. Enumerable.Range(0, situations * branches).Select(_ => answers.NextInt32(bins))];
        _situations = new int[count];
        _random = seed.For("situations").Stream();
    }

    public int Count { get; }

    public int ObservationSize { get; }

    public ImmutableArray<int> Branches { get; }

    /// <summary>The right choice of each branch in a situation.</summary>
    public ReadOnlySpan<int> Answers(int situation) =>
        _answers.AsSpan(situation * Branches.Length, Branches.Length);

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
        ActionSpace.Require(actions, Count, Branches);
        for (var episode = 0; episode < Count; episode++)
        {
            var right = 0;
            var answers = Answers(_situations[episode]);
            for (var branch = 0; branch < answers.Length; branch++)
            {
                right += actions[episode * answers.Length + branch] == answers[branch] ? 1 : 0;
            }

            step.Rewards[episode] = (float)right / answers.Length;
            step.Ends[episode] = EpisodeEnd.Terminated;
            Observe(episode, step.FinalObservations);
            Begin(episode);
            Observe(episode, step.Observations);
        }
    }

    public void Tags(Span<int> tags) => tags[..Count].Clear();

    public byte[] SaveState()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Count);
        StateCodec.Write(writer, _random.State);
        StateCodec.Write(writer, _situations);
        writer.Flush();
        return memory.ToArray();
    }

    public void RestoreState(ReadOnlySpan<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        StateCodec.Expect(reader.ReadInt32(), Count, "episodes");
        _random = RandomStream.Restore(StateCodec.ReadStream(reader));
        StateCodec.Read(reader, _situations);
    }

    private void Begin(int episode) => _situations[episode] = _random.NextInt32(ObservationSize);

    private void Observe(int episode, Span<float> observations)
    {
        var observation = observations.Slice(episode * ObservationSize, ObservationSize);
        observation.Clear();
        observation[_situations[episode]] = 1;
    }
}
