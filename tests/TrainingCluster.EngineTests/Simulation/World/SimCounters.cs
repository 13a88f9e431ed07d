namespace TrainingCluster.EngineTests.Simulation.World;

/// <summary>How often things happened in a run.</summary>
internal sealed class SimCounters
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Add(string what, long count = 1) => _counts[what] = _counts.GetValueOrDefault(what) + count;

    public void Add(SimCounters others)
    {
        foreach (var (what, count) in others.Counts)
        {
            Add(what, count);
        }
    }
}
