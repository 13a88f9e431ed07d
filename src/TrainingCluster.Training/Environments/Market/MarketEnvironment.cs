using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Training.Environments.Market;

/// <summary>
/// Episodes of trading one of several markets: each starts flat at a random bar of a window (of a symbol as often as it
/// has bars), lasts a random number of decisions and is then truncated; ruin terminates it. Every decision's return
/// ends inside the window's bars or at the next fill after its last one. Actions are choices; <see
/// cref="ContinuousMarket"/> and <see cref="BranchingMarket"/> take others.
/// </summary>
public sealed class MarketEnvironment : IVectorEnvironment, IIndexedEnvironment
{
    private readonly MarketDynamics _dynamics;
    private readonly ImmutableArray<IndexRange> _windows;
    private readonly int[] _ends;
    private readonly MarketEpisodeOptions _options;
    private readonly MarketPosition[] _positions;
    private readonly int[] _bars;
    private readonly int[] _left;

    /// <summary>[row]: Φ of a full long position; null where rewards are not shaped.</summary>
    private readonly float[]? _potential;
    private RandomStream _random;

    /// <param name="window">Decision bars of training; at least 2 that earn a return.</param>
    public MarketEnvironment(
        MarketDynamics dynamics, IndexRange window, int count, MarketEpisodeOptions options, Seed seed)
        : this(dynamics, [window], count, options, seed)
    {
    }

    /// <param name="windows">Decision rows of training, each within one symbol and with at least 2 that earn a
    /// return.</param>
    public MarketEnvironment(
        MarketDynamics dynamics, ImmutableArray<IndexRange> windows, int count, MarketEpisodeOptions options, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _dynamics = dynamics;
        _windows = [.. windows.Select(dynamics.Columns.Earning)];
        foreach (var window in _windows.Where(window => window.Start < 0 || window.Count < 2))
        {
            throw new ArgumentException($"the window {window} holds too few decision bars to train on",
                nameof(windows));
        }

        _ends = new int[_windows.Length];
        for (var i = 0; i < _ends.Length; i++)
        {
            _ends[i] = (i == 0 ? 0 : _ends[i - 1]) + _windows[i].Count;
        }

        _options = options;
        _potential = options.Shaping is { } shaping ? Potential(dynamics.Columns, _windows, shaping.Weight) : null;
        Count = count;
        _positions = new MarketPosition[count];
        _bars = new int[count];
        _left = new int[count];
        _random = seed.Stream();
    }

    public int Count { get; }

    public int ObservationSize => _dynamics.ObservationSize;

    public int ActionCount => MarketDynamics.ActionCount;

    public int OwnEntries => MarketDynamics.PositionEntries;

    public void Reset(Span<float> observations)
    {
        for (var episode = 0; episode < Count; episode++)
        {
            Begin(episode);
        }

        Observe(observations);
    }

    public void Step(ReadOnlySpan<int> actions, VectorStep step)
    {
        ActionSpace.Require(actions, Count, ActionCount);
        for (var episode = 0; episode < Count; episode++)
        {
            ref var position = ref _positions[episode];
            var before = PotentialOf(episode);
            var reward = _dynamics.Step(_bars[episode], (MarketAction)actions[episode], ref position);
            Finish(episode, reward, before, step);
        }
    }

    /// <summary>Positions as <see cref="MarketEpisodeOptions.Frame"/> says.</summary>
    public void Step(ReadOnlySpan<float> actions, VectorStep step)
    {
        ActionSpace.Require(actions, Count, 1);
        for (var episode = 0; episode < Count; episode++)
        {
            var bar = _bars[episode];
            var target = _dynamics.Target(bar, Math.Clamp((double)actions[episode], -1, 1), _options.Frame);
            var before = PotentialOf(episode);
            Finish(episode, _dynamics.Step(bar, target, ref _positions[episode]), before, step);
        }
    }

    /// <summary>Whether to trade, and how much: <see cref="MarketDynamics.Branches"/>.</summary>
    /// <param name="actions">[episode, branch].</param>
    internal void StepBranches(ReadOnlySpan<int> actions, VectorStep step)
    {
        ActionSpace.Require(actions, Count, MarketDynamics.Branches);
        for (var episode = 0; episode < Count; episode++)
        {
            ref var position = ref _positions[episode];
            var target = _dynamics.Target(
                _bars[episode], position.Held, actions[2 * episode], actions[2 * episode + 1]);
            var before = PotentialOf(episode);
            Finish(episode, _dynamics.Step(_bars[episode], target, ref position), before, step);
        }
    }

    public void Tags(Span<int> tags) => _bars.CopyTo(tags);

    public void Recall(int tag, Span<float> observation)
    {
        var width = _dynamics.Columns.Width;
        _dynamics.Columns.Observed.AsSpan(tag * width, width).CopyTo(observation);
    }

    /// <summary>Writes the current observations again, after the columns' values have changed.</summary>
    public void Observe(Span<float> observations)
    {
        for (var episode = 0; episode < Count; episode++)
        {
            ObserveOne(episode, observations);
        }
    }

    public byte[] SaveState()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        StateCodec.Write(writer, _random.State);
        StateCodec.Write(writer, _bars);
        StateCodec.Write(writer, _left);
        foreach (var position in _positions)
        {
            writer.Write(position.Held);
            writer.Write(position.EntryPrice);
            writer.Write(position.BarsHeld);
            writer.Write(position.Equity);
        }

        writer.Flush();
        return memory.ToArray();
    }

    public void RestoreState(ReadOnlySpan<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        _random = RandomStream.Restore(StateCodec.ReadStream(reader));
        StateCodec.Read(reader, _bars);
        StateCodec.Read(reader, _left);
        for (var episode = 0; episode < Count; episode++)
        {
            _positions[episode] = new MarketPosition(
                reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32(), reader.ReadDouble());
        }
    }

    /// <summary>
    /// The last observation of an episode shows the bar after its last decision, so that bar must exist.
    /// </summary>
    private void Begin(int episode)
    {
        var window = Draw();
        var longest = Math.Min(_options.MaximumBars, window.Count - 1);
        var shortest = Math.Min(_options.MinimumBars, longest);
        _left[episode] = shortest + _random.NextInt32(longest - shortest + 1);
        _bars[episode] = window.Start + _random.NextInt32(window.Count - _left[episode]);
        _positions[episode] = MarketPosition.Flat;
    }

    private void Finish(int episode, double reward, double potentialBefore, VectorStep step)
    {
        _bars[episode]++;
        _left[episode]--;
        step.Ends[episode] = _positions[episode].Equity <= _options.RuinEquityRatio ? EpisodeEnd.Terminated
            : _left[episode] == 0 ? EpisodeEnd.Truncated : EpisodeEnd.None;
        if (_options.Shaping is { } shaping)
        {
            // A truncated episode goes on in the value of its last state, so that its potential counts.
            var after = step.Ends[episode] == EpisodeEnd.Terminated ? 0 : PotentialOf(episode);
            reward += shaping.Discount * after - potentialBefore;
        }

        step.Rewards[episode] = (float)reward;
        if (step.Ends[episode] != EpisodeEnd.None)
        {
            ObserveOne(episode, step.FinalObservations);
            Begin(episode);
        }

        ObserveOne(episode, step.Observations);
    }

    private double PotentialOf(int episode) =>
        _potential is null ? 0 : _positions[episode].Held * _potential[_bars[episode]];

    private static float[] Potential(MarketColumns columns, ImmutableArray<IndexRange> windows, double weight)
    {
        var trend = columns.Trend ?? throw new ArgumentException(
            $"rewards cannot be shaped without {nameof(MarketColumns.Trend)}", nameof(columns));
        var (sum, count) = (0.0, 0);
        foreach (var window in windows)
        {
            for (var row = window.Start; row < window.End; row++)
            {
                sum += Math.Abs(MarketDynamics.RewardScale * Math.Log(1 + columns.NetReturn(row, 1, 1)));
                count++;
            }
        }

        var scale = weight * sum / count;
        return Array.ConvertAll(trend, value => (float)(scale * value));
    }

    /// <summary>Without a draw where there is no choice: one symbol's episodes are those of a market alone.</summary>
    private IndexRange Draw()
    {
        if (_windows.Length == 1)
        {
            return _windows[0];
        }

        var place = Array.BinarySearch(_ends, _random.NextInt32(_ends[^1]) + 1);
        return _windows[place >= 0 ? place : ~place];
    }

    private void ObserveOne(int episode, Span<float> observations)
    {
        var size = _dynamics.ObservationSize;
        _dynamics.Observe(_bars[episode], _positions[episode], observations.Slice(episode * size, size));
    }
}
