using System.Collections.Immutable;

namespace TrainingCluster.MarketData.Repairs;

/// <summary>What was repaired.</summary>
/// <param name="Items">In the order found; at most 10,000.</param>
/// <param name="Counts">All of them, by rule.</param>
public sealed record RepairList(
    ImmutableArray<BarRepair> Items, ImmutableSortedDictionary<string, long> Counts)
{
    public static RepairList None { get; } =
        new([], ImmutableSortedDictionary<string, long>.Empty.WithComparers(StringComparer.Ordinal));

    public long Total => Counts.Values.Sum();

    public RepairList Then(RepairList later)
    {
        var counts = Counts.ToBuilder();
        foreach (var (rule, count) in later.Counts)
        {
            counts[rule] = counts.GetValueOrDefault(rule) + count;
        }

        return new RepairList(Items.AddRange(later.Items), counts.ToImmutable());
    }
}
