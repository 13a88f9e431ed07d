using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;

namespace TrainingCluster.Training.Replay;

/// <summary>
/// Draws slots in proportion to priority^α, one from each of as many equal segments as there are draws
/// (Schaul et al. 2016, appendix B.2.1), with importance weights (N·P)^−β by their maximum in the batch.
/// </summary>
internal sealed class PrioritySampling
{
    private readonly PriorityOptions _options;
    private readonly BarSignals? _signals;
    private readonly SumTree _tree;
    private readonly float[] _factors;
    private double _largest = 1;
    private double _rewardSum;
    private long _rewards;

    public PrioritySampling(PriorityOptions options, int slots, BarSignals? signals)
    {
        if (signals is null && (options.RarityWeight > 0 || options.RegimeWeight > 0))
        {
            throw new ArgumentException(
                "priorities weigh rarity or regime changes, but no bars say which those are", nameof(options));
        }

        (_options, _signals) = (options, signals);
        _tree = new SumTree(slots);
        _factors = options.HasSignals ? new float[slots] : [];
    }

    public long Bytes => _tree.Bytes + sizeof(float) * _factors.LongLength;

    /// <summary>A new transition gets the largest |δ| seen, so that it is drawn soon.</summary>
    public void Add(int slot, int tag, float reward)
    {
        if (_options.HasSignals)
        {
            _rewardSum += Math.Abs(reward);
            _rewards++;
            _factors[slot] = (float)Factor(tag, reward);
        }

        Set(slot, _largest);
    }

    /// <param name="errors">[row]: |δ|, finite.</param>
    public void Update(ReadOnlySpan<int> slots, ReadOnlySpan<float> errors)
    {
        for (var row = 0; row < slots.Length; row++)
        {
            var priority = Math.Abs((double)errors[row]) + _options.Epsilon;
            _largest = Math.Max(_largest, priority);
            Set(slots[row], priority);
        }
    }

    public void Draw(Span<int> slots, Span<float> weights, int count, double beta, RandomStream random)
    {
        var segment = _tree.Total / slots.Length;
        var largest = 0.0;
        for (var row = 0; row < slots.Length; row++)
        {
            slots[row] = _tree.Find((row + random.NextDouble()) * segment);
            largest = Math.Max(largest, Weight(slots[row], count, beta));
        }

        for (var row = 0; row < slots.Length; row++)
        {
            weights[row] = (float)(Weight(slots[row], count, beta) / largest);
        }
    }

    public double Probability(int slot) => _tree[slot] / _tree.Total;

    public void Write(BinaryWriter writer, int slots)
    {
        writer.Write(_largest);
        writer.Write(_rewardSum);
        writer.Write(_rewards);
        StateCodec.Write(writer, _tree.Leaves(slots));
        StateCodec.Write<float>(writer, _factors.AsSpan(0, Math.Min(slots, _factors.Length)));
    }

    public void Read(BinaryReader reader, int slots)
    {
        (_largest, _rewardSum, _rewards) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt64());
        var leaves = StateCodec.Read<double>(reader);
        StateCodec.Expect(leaves.Length, slots, "priorities");
        _tree.Load(leaves);
        StateCodec.ReadInto<float>(reader, _factors.AsSpan(0, Math.Min(slots, _factors.Length)));
    }

    private double Weight(int slot, int count, double beta) =>
        Math.Pow(count * Probability(slot), -beta);

    private void Set(int slot, double priority) =>
        _tree[slot] = Math.Pow(priority * (_options.HasSignals ? _factors[slot] : 1), _options.Alpha);

    private double Factor(int tag, float reward)
    {
        var mean = _rewardSum / _rewards;
        var impact = mean == 0 ? 0 : Math.Min(_options.LargestImpact, Math.Abs(reward) / mean);
        return 1 + _options.ProfitWeight * impact
            + (_signals is null ? 0
                : _options.RarityWeight * _signals.Rarity[tag]
                    + _options.RegimeWeight * _signals.RegimeChange[tag]);
    }
}
