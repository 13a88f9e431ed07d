using System.Collections.Immutable;

namespace TrainingCluster.MarketData.Repairs;

/// <summary>Lists repairs: all are counted by rule, the first 10,000 are kept.</summary>
internal sealed class RepairLog
{
    private const int Kept = 10_000;

    private readonly List<BarRepair> _kept = [];
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public bool KeepsMore => _kept.Count < Kept;

    public void Add(BarRepair repair)
    {
        _counts[repair.Rule] = _counts.GetValueOrDefault(repair.Rule) + 1;
        if (KeepsMore)
        {
            _kept.Add(repair);
        }
    }

    public RepairList ToList() =>
        new([.. _kept], _counts.ToImmutableSortedDictionary(StringComparer.Ordinal));
}
