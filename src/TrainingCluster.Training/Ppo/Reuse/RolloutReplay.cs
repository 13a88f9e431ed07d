using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Ppo.Reuse;

/// <summary>
/// The last rollouts, for PPO to learn from again beside the fresh one. Each iteration draws whole episodes' columns,
/// each alike, and values them anew: π_old's probabilities of the actions, today's critic, corrected advantages. The
/// importance of a replayed step in the loss is w = min(cap, π_old(a|s) / μ(a|s)), with μ the policy that acted; the
/// clipped surrogate measures π against π_old as for fresh steps. With no cap, the gradient's expectation at π = π_old
/// is that of the same states' actions drawn from π_old. How often states are met is not corrected.
/// </summary>
internal sealed class RolloutReplay
{
    private const int Rows = 256;
    private readonly PpoOptions _options;
    private readonly StoredRollout[] _kept;
    private readonly RolloutBuffer _drawn;
    private readonly float[] _traces;
    private readonly float[] _importance;
    private readonly int[] _order;
    private readonly DenseActivations _policyScratch;
    private readonly DenseActivations _finalScratch;
    private readonly RolloutValues _values;
    private readonly float[] _lastScaled;
    private readonly float[] _finalScaled;
    private RandomStream _random;
    private int _next;
    private int _count;

    public RolloutReplay(PpoOptions options, PpoNetwork shape, Seed seed, SecondThread? second)
    {
        _options = options;
        var size = shape.Options.Observations;
        _kept = [.. Enumerable.Range(0, options.ReplayRollouts)
            .Select(_ => new StoredRollout(options.RolloutSteps, options.Episodes, size))];
        _drawn = new RolloutBuffer(options.RolloutSteps, options.ReplayedEpisodes, size);
        _traces = new float[_drawn.Count];
        _importance = new float[_drawn.Count];
        _order = [.. Enumerable.Range(0, _drawn.Count)];
        _policyScratch = new DenseActivations(shape.Policy, Rows);
        _finalScratch = new DenseActivations(shape.Value, 1);
        _values = new RolloutValues(shape, second);
        _lastScaled = new float[_drawn.LastObservations.Length];
        _finalScaled = new float[size];
        _random = seed.Stream();
    }

    /// <summary>Keeps a rollout; the oldest makes room.</summary>
    public void Add(RolloutBuffer rollout)
    {
        _kept[_next].Take(rollout);
        _next = (_next + 1) % _kept.Length;
        _count = Math.Min(_count + 1, _kept.Length);
    }

    /// <summary>Draws and values what this iteration replays; null while nothing is kept.</summary>
    /// <param name="network">π_old, with the critic of today.</param>
    public ReplayedSteps? Draw(PpoNetwork network, ObservationNormalizer? normalizer)
    {
        if (_count == 0)
        {
            return null;
        }

        _drawn.Truncations.Clear();
        _drawn.FinalObservations.Clear();
        for (var column = 0; column < _drawn.Episodes; column++)
        {
            _kept[_random.NextInt32(_count)].CopyTo(_drawn, _random.NextInt32(_options.Episodes), column);
        }

        RolloutCollector.Scale(normalizer, _drawn.RawObservations, _drawn.Observations);
        RolloutCollector.Scale(normalizer, _drawn.LastObservations, _lastScaled);
        Correct(network);
        _values.Fill(network, _drawn.Observations, _drawn.Values);
        _values.Fill(network, _lastScaled, _drawn.LastValues);
        ValueTruncations(network, normalizer);
        CorrectedAdvantage.Compute(
            _drawn.Rewards, _drawn.Values, _drawn.Ends, _drawn.FinalValues, _drawn.LastValues, _traces,
            new PpoDiscounts(_options.Gamma, _options.Lambda), _drawn.Advantages, _drawn.Returns);
        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        return new ReplayedSteps(_drawn, _importance, _order);
    }

    /// <summary>A new order for an epoch.</summary>
    public void Shuffle() => _random.Shuffle(_order.AsSpan());

    public void Write(BinaryWriter writer)
    {
        writer.Write(_next);
        writer.Write(_count);
        StateCodec.Write(writer, _random.State);
        for (var i = 0; i < _count; i++)
        {
            _kept[i].Write(writer);
        }
    }

    /// <exception cref="InvalidDataException">The state belongs to another spec.</exception>
    public void Read(BinaryReader reader)
    {
        (_next, _count) = (reader.ReadInt32(), reader.ReadInt32());
        if (_count < 0 || _count > _kept.Length || _next < 0 || _next >= _kept.Length)
        {
            throw new InvalidDataException(
                $"the saved state keeps {_count} rollouts, this learner has room for {_kept.Length}; "
                + "it belongs to another spec");
        }

        _random = RandomStream.Restore(StateCodec.ReadStream(reader));
        for (var i = 0; i < _count; i++)
        {
            _kept[i].Read(reader);
        }
    }

    /// <summary>Puts π_old's log-probabilities in the place of those of the policy that acted.</summary>
    private void Correct(PpoNetwork network)
    {
        var (size, actions) = (_drawn.ObservationSize, network.Options.Actions);
        Span<float> logs = stackalloc float[actions];
        for (var first = 0; first < _drawn.Count; first += Rows)
        {
            var rows = Math.Min(Rows, _drawn.Count - first);
            var logits = network.Logits(
                _drawn.Observations.AsSpan(first * size, rows * size), rows, _policyScratch);
            for (var row = 0; row < rows; row++)
            {
                var at = first + row;
                Categorical.LogProbabilities(logits.Slice(row * actions, actions), logs);
                var chosen = logs[_drawn.Actions[at]];
                var ratio = Math.Exp((double)chosen - _drawn.LogProbabilities[at]);
                _traces[at] = (float)Math.Min(1, ratio);
                _importance[at] = (float)Math.Min(_options.ImportanceCap, ratio);
                _drawn.LogProbabilities[at] = chosen;
            }
        }
    }

    private void ValueTruncations(PpoNetwork network, ObservationNormalizer? normalizer)
    {
        Array.Clear(_drawn.FinalValues);
        var size = _drawn.ObservationSize;
        var finals = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_drawn.FinalObservations);
        for (var i = 0; i < _drawn.Truncations.Count; i++)
        {
            RolloutCollector.Scale(normalizer, finals.Slice(i * size, size), _finalScaled);
            _drawn.FinalValues[_drawn.Truncations[i]] = network.Values(_finalScaled, 1, _finalScratch)[0];
        }
    }
}

/// <summary>What an iteration replays; belongs to the replay, valid until its next draw.</summary>
/// <param name="Rollout">Valued by today's networks.</param>
/// <param name="Importance">[step, episode]: w.</param>
/// <param name="Order">Of the epoch, indices into the rollout.</param>
internal sealed record ReplayedSteps(RolloutBuffer Rollout, float[] Importance, int[] Order);
