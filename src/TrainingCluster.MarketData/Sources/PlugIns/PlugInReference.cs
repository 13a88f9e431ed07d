namespace TrainingCluster.MarketData.Sources.PlugIns;

/// <summary>A class that implements <see cref="IBarSource"/>.</summary>
/// <param name="Type">Its full name.</param>
/// <param name="Assembly">Path of the file that holds it.</param>
/// <param name="Sha256">Of that file, 64 hexadecimal digits: who wrote them down has decided to trust the file.</param>
public sealed record PlugInReference(string Type, string Assembly, string Sha256);
