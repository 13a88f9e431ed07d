namespace TrainingCluster.MarketData.Sources.PlugIns;

/// <summary>A plug-in cannot be used; the message says why and what to do.</summary>
public sealed class PlugInException(string message) : Exception(message);
