using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Training.Environments.LimitOrders;

/// <summary>
/// Episodes of one limit order a bar within sessions of one market. An episode begins flat at the first bar of a
/// session that is drawn, or, where the session is longer than an episode, at one that is drawn. At the session's
/// last bar everything is sold or bought back at the close and the episode is terminated: nothing is held overnight.
/// Before that it is truncated after the most decisions, and terminated by ruin. An action is a price level and a
/// quantity: see <see cref="LimitOrderOptions"/>.
/// </summary>
public sealed class LimitOrderEnvironment : IBranchingEnvironment, IIndexedEnvironment
{
    private readonly LimitOrderDynamics _dynamics;
    private readonly LimitOrderOptions _options;
    private readonly ImmutableArray<IndexRange> _sessions;
    private readonly LimitOrderAccount[] _accounts;
    private readonly int[] _bars;
    private readonly int[] _ends;
    private readonly int[] _left;
    private RandomStream _random;

    /// <param name="window">Bars that episodes stay within; sessions are cut at its edges.</param>
    public LimitOrderEnvironment(LimitOrderDynamics dynamics, IndexRange window, int count, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _dynamics = dynamics;
        _options = dynamics.Columns.Options;
        var first = Math.Max(window.Start, dynamics.FirstBar);
        _sessions =
        [
            .. dynamics.Columns.Sessions
                .Select(session => new IndexRange(Math.Max(session.Start, first), Math.Min(session.End, window.End)))
                .Where(session => session.Count >= 2),
        ];
        if (_sessions.IsEmpty)
        {
            throw new ArgumentException(
                $"the window {window} holds no session of two bars after a lookback of {_options.Lookback}",
                nameof(window));
        }

        Count = count;
        _accounts = new LimitOrderAccount[count];
        _bars = new int[count];
        _ends = new int[count];
        _left = new int[count];
        _random = seed.Stream();
    }

    public int Count { get; }

    public int ObservationSize => _dynamics.ObservationSize;

    public ImmutableArray<int> Branches => _dynamics.Branches;

    public int OwnEntries => LimitOrderDynamics.AccountEntries;

    /// <summary>[episode]: what each has.</summary>
    public ReadOnlySpan<LimitOrderAccount> Accounts => _accounts;

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
            ref var bar = ref _bars[episode];
            var last = bar + 2 >= _ends[episode];
            step.Rewards[episode] = (float)_dynamics.Step(
                bar, actions[2 * episode], actions[2 * episode + 1], last, ref _accounts[episode]);
            bar++;
            _left[episode]--;
            step.Ends[episode] = last || _accounts[episode].Equity <= _options.RuinEquityRatio
                ? EpisodeEnd.Terminated
                : _left[episode] == 0 ? EpisodeEnd.Truncated : EpisodeEnd.None;
            if (step.Ends[episode] != EpisodeEnd.None)
            {
                Observe(episode, step.FinalObservations);
                Begin(episode);
            }

            Observe(episode, step.Observations);
        }
    }

    public void Tags(Span<int> tags) => _bars.CopyTo(tags);

    public void Recall(int tag, Span<float> observation) => _dynamics.Recall(tag, observation);

    public byte[] SaveState()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        StateCodec.Write(writer, _random.State);
        StateCodec.Write(writer, _bars);
        StateCodec.Write(writer, _ends);
        StateCodec.Write(writer, _left);
        StateCodec.Write(writer, _accounts);
        writer.Flush();
        return memory.ToArray();
    }

    public void RestoreState(ReadOnlySpan<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        _random = RandomStream.Restore(StateCodec.ReadStream(reader));
        StateCodec.Read(reader, _bars);
        StateCodec.Read(reader, _ends);
        StateCodec.Read(reader, _left);
        StateCodec.Read(reader, _accounts);
    }

    private void Begin(int episode)
    {
        var session = _sessions[_random.NextInt32(_sessions.Length)];
        var room = Math.Max(0, session.Count - 1 - _options.EpisodeBars);
        _bars[episode] = session.Start + _random.NextInt32(room + 1);
        _ends[episode] = session.End;
        _left[episode] = _options.EpisodeBars;
        _accounts[episode] = LimitOrderAccount.Open(
            _options.LotRatio, _dynamics.Columns.Bars.Close[_bars[episode]]);
    }

    private void Observe(int episode, Span<float> observations)
    {
        var size = _dynamics.ObservationSize;
        var decisions = Math.Min(_left[episode], _ends[episode] - 1 - _bars[episode]);
        _dynamics.Observe(
            _bars[episode], _accounts[episode], (double)decisions / _options.EpisodeBars,
            observations.Slice(episode * size, size));
    }
}
