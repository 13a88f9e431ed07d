using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.Replay;

/// <summary>
/// The transitions of several episodes side by side, [step, episode] in a ring: drawn alike or by priority,
/// over one step or several, with real goals or goals in hindsight, in any combination. Its whole state can
/// be written and read. One thread; no allocation per draw.
/// </summary>
public sealed class ReplayBuffer
{
    private readonly ReplayOptions _options;
    private readonly IGoalEnvironment? _goals;
    private readonly IHindsightReward? _shaping;
    private readonly ObservationStore _observations;
    private readonly PrioritySampling? _priorities;
    private readonly int _episodes;
    private readonly int _rows;
    private readonly int _actionSize;
    private readonly int[] _tags;
    private readonly float[] _actions;
    private readonly float[] _rewards;
    private readonly EpisodeEnd[] _ends;
    private readonly float[] _goal;
    private readonly float[] _achieved;
    private readonly float[] _whole;
    private int _nextRow;
    private int _filledRows;

    /// <param name="environment">Says how observations are kept, and judges goals.</param>
    /// <param name="actionSize">Numbers of an action.</param>
    /// <param name="signals">What priorities look at besides the TD error; required where an option weighs
    /// them.</param>
    /// <param name="shaping">Added to rewards as they are drawn; what is kept are the real ones.</param>
    /// <exception cref="ArgumentException">Options that do not fit the environment or each other.</exception>
    public ReplayBuffer(
        ReplayOptions options, IEpisodeVector environment, int actionSize, BarSignals? signals = null,
        IHindsightReward? shaping = null)
    {
        (_options, _shaping) = (options, shaping);
        _episodes = environment.Count;
        _rows = Math.Max(1, options.Capacity / environment.Count);
        _actionSize = actionSize;
        if (options.HindsightGoals > 0)
        {
            _goals = environment as IGoalEnvironment
                ?? throw new ArgumentException(
                    "hindsight goals need an environment whose observations hold a goal", nameof(options));
        }

        var slots = Capacity;
        _tags = new int[slots];
        _observations = ObservationStore.For(environment, _tags);
        _actions = new float[(long)slots * actionSize];
        _rewards = new float[slots];
        _ends = new EpisodeEnd[slots];
        _goal = new float[_goals?.GoalSize ?? 0];
        _achieved = new float[_goal.Length];
        _whole = new float[environment.ObservationSize];
        _priorities = options.Priorities is { } priorities
            ? new PrioritySampling(priorities, slots, signals) : null;
    }

    /// <summary>Transitions it can hold.</summary>
    public int Capacity => _rows * _episodes;

    /// <summary>Transitions it holds.</summary>
    public int Count => _filledRows * _episodes;

    /// <summary>Bytes held by what grows with the capacity.</summary>
    public long Bytes => _observations.Bytes + sizeof(float) * (_actions.LongLength + _rewards.LongLength)
        + sizeof(int) * _tags.LongLength + _ends.LongLength + (_priorities?.Bytes ?? 0);

    /// <summary>Share of draws whose goal is put in hindsight: k / (k + 1).</summary>
    public double HindsightShare => _options.HindsightGoals / (_options.HindsightGoals + 1.0);

    /// <summary>Keeps one step of all episodes; the oldest makes room.</summary>
    public void Add(in Transitions transitions)
    {
        var step = transitions.Step;
        var size = step.Observations.Length / _episodes;
        for (var episode = 0; episode < _episodes; episode++)
        {
            var slot = _nextRow * _episodes + episode;
            var after = step.Ends[episode] == EpisodeEnd.None ? step.Observations : step.FinalObservations;
            _observations.Put(
                slot, transitions.Observations.AsSpan(episode * size, size),
                after.AsSpan(episode * size, size));
            transitions.Actions.AsSpan(episode * _actionSize, _actionSize)
                .CopyTo(_actions.AsSpan(slot * _actionSize));
            _tags[slot] = transitions.Tags[episode];
            _rewards[slot] = step.Rewards[episode];
            _ends[slot] = step.Ends[episode];
            _priorities?.Add(slot, transitions.Tags[episode], step.Rewards[episode]);
        }

        _nextRow = (_nextRow + 1) % _rows;
        _filledRows = Math.Min(_filledRows + 1, _rows);
    }

    /// <summary>Fills a batch, with replacement.</summary>
    /// <param name="beta">Importance correction of prioritised draws, 0 to 1.</param>
    /// <exception cref="InvalidOperationException">The buffer is empty.</exception>
    public void Sample(ReplayBatch batch, RandomStream random, double beta)
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("nothing can be drawn from a replay buffer without transitions");
        }

        if (_priorities is { } priorities)
        {
            priorities.Draw(batch.Slots, batch.Weights, Count, beta, random);
        }
        else
        {
            Array.Fill(batch.Weights, 1f);
            for (var row = 0; row < batch.Rows; row++)
            {
                batch.Slots[row] = random.NextInt32(Count);
            }
        }

        for (var row = 0; row < batch.Rows; row++)
        {
            Fill(batch, row, random);
        }
    }

    /// <summary>Takes note of how wrong the values of drawn transitions were.</summary>
    /// <param name="errors">[row]: |δ|.</param>
    public void Reprioritise(ReadOnlySpan<int> slots, ReadOnlySpan<float> errors) =>
        _priorities?.Update(slots, errors);

    /// <summary>Probability that one draw finds the slot.</summary>
    public double Probability(int slot) => _priorities?.Probability(slot) ?? 1.0 / Count;

    public void Write(BinaryWriter writer)
    {
        writer.Write(_nextRow);
        writer.Write(_filledRows);
        var slots = Count;
        StateCodec.Write<int>(writer, _tags.AsSpan(0, slots));
        _observations.Write(writer, slots);
        StateCodec.Write<float>(writer, _actions.AsSpan(0, slots * _actionSize));
        StateCodec.Write<float>(writer, _rewards.AsSpan(0, slots));
        StateCodec.Write<EpisodeEnd>(writer, _ends.AsSpan(0, slots));
        _priorities?.Write(writer, slots);
    }

    /// <exception cref="InvalidDataException">The state belongs to a buffer of another shape.</exception>
    public void Read(BinaryReader reader)
    {
        (_nextRow, _filledRows) = (reader.ReadInt32(), reader.ReadInt32());
        if (_filledRows < 0 || _filledRows > _rows || _nextRow < 0 || _nextRow >= _rows)
        {
            throw new InvalidDataException(
                $"the saved replay holds {_filledRows} steps, this one has room for {_rows}; "
                + "it belongs to another spec");
        }

        var slots = Count;
        StateCodec.ReadInto<int>(reader, _tags.AsSpan(0, slots));
        _observations.Read(reader, slots);
        StateCodec.ReadInto<float>(reader, _actions.AsSpan(0, slots * _actionSize));
        StateCodec.ReadInto<float>(reader, _rewards.AsSpan(0, slots));
        StateCodec.ReadInto<EpisodeEnd>(reader, _ends.AsSpan(0, slots));
        _priorities?.Read(reader, slots);
    }

    private void Fill(ReplayBatch batch, int row, RandomStream random)
    {
        var slot = batch.Slots[row];
        batch.Tags[row] = _tags[slot];
        var size = batch.ObservationSize;
        var before = batch.Observations.AsSpan(row * size, size);
        _observations.Before(slot, before);
        _actions.AsSpan(slot * _actionSize, _actionSize).CopyTo(batch.Actions.AsSpan(row * _actionSize));
        var hindsight = _goals is not null && random.NextDouble() < HindsightShare;
        if (hindsight)
        {
            DrawGoal(slot, random);
            _goal.CopyTo(before[^_goal.Length..]);
        }

        batch.Hindsight[row] = hindsight;
        var after = batch.NextObservations.AsSpan(row * size, size);
        (batch.Rewards[row], batch.Discounts[row]) = SumUp(slot, hindsight, after);
        if (hindsight)
        {
            _goal.CopyTo(after[^_goal.Length..]);
        }
    }

    /// <summary>Sums rewards from a slot on, to the end of the episode or of what is kept.</summary>
    private (float Reward, float Discount) SumUp(int slot, bool hindsight, Span<float> after)
    {
        var (sum, discount) = (0.0, 1.0);
        for (var step = 1; ; step++)
        {
            var (reward, end) = Outcome(slot, hindsight, after);
            sum += discount * reward;
            discount *= _options.Gamma;
            if (end != EpisodeEnd.None || step == _options.Steps || IsNewest(slot))
            {
                if (!hindsight)
                {
                    _observations.After(slot, after);
                }

                return ((float)sum, end == EpisodeEnd.Terminated ? 0 : (float)discount);
            }

            slot = Following(slot);
        }
    }

    /// <summary>What a step earned; under a goal in hindsight it is judged anew.</summary>
    private (float Reward, EpisodeEnd End) Outcome(int slot, bool hindsight, Span<float> after)
    {
        if (!hindsight)
        {
            return (_rewards[slot] + Bonus(slot), _ends[slot]);
        }

        _observations.After(slot, after);
        _goals!.Achieved(after, _achieved);
        var (reward, reached) = _goals.Judge(_achieved, _goal);
        // The real goal's termination says nothing about another goal: the future goes on, unseen.
        var end = reached ? EpisodeEnd.Terminated
            : _ends[slot] == EpisodeEnd.None ? EpisodeEnd.None : EpisodeEnd.Truncated;
        return (reward, end);
    }

    /// <summary>
    /// What is known by now of the bars after a step, as far as this very episode has reached: never the
    /// market's future beyond it.
    /// </summary>
    private float Bonus(int slot)
    {
        if (_shaping is null)
        {
            return 0;
        }

        var last = slot;
        for (var ahead = 1; ahead < _shaping.Horizon && _ends[last] == EpisodeEnd.None && !IsNewest(last);
            ahead++)
        {
            last = Following(last);
        }

        _observations.After(slot, _whole);
        return _shaping.Bonus(_tags[slot], _tags[last] + 1, _whole);
    }

    /// <summary>The goal reached by a step of the same episode, from this one on, each alike.</summary>
    private void DrawGoal(int slot, RandomStream random)
    {
        var last = slot;
        var steps = 1;
        while (_ends[last] == EpisodeEnd.None && !IsNewest(last))
        {
            last = Following(last);
            steps++;
        }

        var chosen = slot;
        for (var left = random.NextInt32(steps); left > 0; left--)
        {
            chosen = Following(chosen);
        }

        _observations.After(chosen, _whole);
        _goals!.Achieved(_whole, _goal);
    }

    private bool IsNewest(int slot) => (slot / _episodes + 1) % _rows == _nextRow;

    private int Following(int slot) => (slot + _episodes) % Capacity;
}
