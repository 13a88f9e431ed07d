namespace TrainingCluster.MarketData.Sources.PlugIns;

/// <summary>What a source of a user's own is given: it opens no connections and reads no clock by itself.</summary>
/// <param name="Http">Shared; not to be disposed of.</param>
/// <param name="Clock">For now and for waits.</param>
public sealed record BarSourceServices(HttpClient Http, TimeProvider Clock);
