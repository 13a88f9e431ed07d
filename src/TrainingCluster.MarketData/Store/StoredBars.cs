using TrainingCluster.MarketData.Content;

namespace TrainingCluster.MarketData.Store;

/// <summary>A row of the catalogue.</summary>
/// <param name="Key">Of what.</param>
/// <param name="File">Below the store's folder.</param>
/// <param name="Bars">How many.</param>
/// <param name="First">Stamp of the first bar.</param>
/// <param name="Last">Stamp of the last bar.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Digest">Of the bars: same bars, same digest, wherever they came from.</param>
/// <param name="FetchedAt">When bars last came in.</param>
public sealed record StoredBars(
    BarKey Key,
    string File,
    int Bars,
    DateTimeOffset First,
    DateTimeOffset Last,
    long Bytes,
    Digest Digest,
    DateTimeOffset FetchedAt);
