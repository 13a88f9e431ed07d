using System.Runtime.CompilerServices;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Training.Environments.PeerMarket;

/// <summary>
/// Episodes of 390 decisions on <see cref="PeerMarketData"/>, never terminated. The action is hold, long or
/// short, or a number in [−1, 1] that is held. Reward of a decision at bar t: 100·(q·return[t+1] −
/// 0.0001·|q − p|) for the position p before and q after it. Observation: the features of 32 bars, the oldest
/// first, then the position. Each episode has a stream of its own that begins at seed + its index.
/// </summary>
public sealed class PeerMarketEnvironment : IVectorEnvironment, IContinuousEnvironment, IIndexedEnvironment
{
    public const int EpisodeBars = 390;
    public const int WindowBars = 32;
    public const int Entries = WindowBars * PeerMarketData.Features + 1;
    private const double Cost = 0.0001;
    private const double RewardScale = 100;
    private readonly PeerMarketData _data;
    private readonly RandomStream[] _randoms;
    private readonly int[] _bars;
    private readonly int[] _left;
    private readonly double[] _positions;

    /// <param name="seed">The seed of the first episode's stream.</param>
    /// <param name="segment">Bars that training starts and ends within: <see cref="Training"/> or
    /// <see cref="HeldOut"/>.</param>
    public PeerMarketEnvironment(PeerMarketData data, int count, ulong seed, IndexRange segment)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (segment.Start < 0 || segment.End > PeerMarketData.Bars || segment.Count < WindowBars + EpisodeBars)
        {
            throw new ArgumentException(
                $"the segment {segment} must lie in [0, {PeerMarketData.Bars}) and hold at least "
                + $"{WindowBars + EpisodeBars} bars", nameof(segment));
        }

        _data = data;
        Count = count;
        Starts = new IndexRange(segment.Start + WindowBars - 1, segment.End - EpisodeBars);
        _randoms = [.. Enumerable.Range(0, count).Select(i => new RandomStream(seed + (ulong)i))];
        _bars = new int[count];
        _left = new int[count];
        _positions = new double[count];
    }

    public static IndexRange Training { get; } = new(0, 80_000);

    public static IndexRange HeldOut { get; } = new(80_000, PeerMarketData.Bars);

    public int Count { get; }

    public int ObservationSize => Entries;

    public int ActionCount => 3;

    public int ActionSize => 1;

    public int OwnEntries => 1;

    /// <summary>Bars that an episode may begin at.</summary>
    public IndexRange Starts { get; }

    /// <summary>[episode]: what is held, −1 to 1.</summary>
    public ReadOnlySpan<double> Positions => _positions;

    public void Reset(Span<float> observations)
    {
        for (var episode = 0; episode < Count; episode++)
        {
            Begin(episode);
            Observe(episode, observations);
        }
    }

    /// <summary>Begins one episode at a bar of one's choice, flat.</summary>
    /// <param name="start">One of <see cref="Starts"/>.</param>
    public void Begin(int episode, int start)
    {
        if (!Starts.Contains(start))
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, $"an episode begins in {Starts}");
        }

        _bars[episode] = start;
        _left[episode] = EpisodeBars;
        _positions[episode] = 0;
    }

    public void Step(ReadOnlySpan<int> actions, VectorStep step)
    {
        ActionSpace.Require(actions, Count, ActionCount);
        for (var episode = 0; episode < Count; episode++)
        {
            var target = actions[episode] switch { 0 => _positions[episode], 1 => 1.0, _ => -1.0 };
            Finish(episode, Move(episode, target), step);
        }
    }

    public void Step(ReadOnlySpan<float> actions, VectorStep step)
    {
        ActionSpace.Require(actions, Count, 1);
        for (var episode = 0; episode < Count; episode++)
        {
            Finish(episode, Move(episode, Math.Clamp((double)actions[episode], -1.0, 1.0)), step);
        }
    }

    /// <summary>Advances one episode without ending it: a step in full precision.</summary>
    /// <param name="target">The position to hold, −1 to 1.</param>
    /// <returns>The reward.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Move(int episode, double target)
    {
        ref var position = ref _positions[episode];
        var bar = ++_bars[episode];
        var reward = RewardScale * (target * _data.Returns[bar] - Cost * Math.Abs(target - position));
        position = target;
        _left[episode]--;
        return reward;
    }

    public void Tags(Span<int> tags) => _bars.CopyTo(tags);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Recall(int tag, Span<float> observation) =>
        _data.FeatureRows.Slice((tag - WindowBars + 1) * PeerMarketData.Features, Entries - 1)
            .CopyTo(observation);

    /// <summary>Writes what an episode shows now.</summary>
    /// <param name="observations">[episode, entry].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Observe(int episode, Span<float> observations)
    {
        var observation = observations.Slice(episode * Entries, Entries);
        Recall(_bars[episode], observation);
        observation[Entries - 1] = (float)_positions[episode];
    }

    public byte[] SaveState()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Count);
        foreach (var random in _randoms)
        {
            StateCodec.Write(writer, random.State);
        }

        StateCodec.Write(writer, _bars);
        StateCodec.Write(writer, _left);
        StateCodec.Write(writer, _positions);
        writer.Flush();
        return memory.ToArray();
    }

    public void RestoreState(ReadOnlySpan<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        StateCodec.Expect(reader.ReadInt32(), Count, "episodes");
        for (var episode = 0; episode < Count; episode++)
        {
            _randoms[episode] = RandomStream.Restore(StateCodec.ReadStream(reader));
        }

        StateCodec.Read(reader, _bars);
        StateCodec.Read(reader, _left);
        StateCodec.Read(reader, _positions);
    }

    /// <summary>The definition draws by remainder; the bias is below 10⁻¹⁴.</summary>
    private void Begin(int episode) =>
        Begin(episode, Starts.Start + (int)(_randoms[episode].NextUInt64() % (ulong)Starts.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(int episode, double reward, VectorStep step)
    {
        step.Rewards[episode] = (float)reward;
        if (_left[episode] > 0)
        {
            step.Ends[episode] = EpisodeEnd.None;
        }
        else
        {
            step.Ends[episode] = EpisodeEnd.Truncated;
            Observe(episode, step.FinalObservations);
            Begin(episode);
        }

        Observe(episode, step.Observations);
    }
}
