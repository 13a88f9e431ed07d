using System.Collections.Immutable;

namespace TrainingCluster.Features.Indicators;

/// <summary>All indicators by name.</summary>
public static class IndicatorCatalogue
{
    /// <summary>In the order of their names.</summary>
    public static ImmutableArray<IndicatorEntry> Entries { get; } =
    [
        .. TrendEntries.All.Concat(MomentumEntries.All).Concat(VolatilityEntries.All).Concat(VolumeEntries.All)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal),
    ];

    public static IEnumerable<string> Names => Entries.Select(entry => entry.Name);

    /// <summary>Null where there is none of that name.</summary>
    public static IndicatorEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name);
}
