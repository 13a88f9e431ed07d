namespace TrainingCluster.MarketData.Quality.Checks;

/// <summary>One question about bars. A check never throws, whatever the bars hold.</summary>
internal abstract class QualityCheck(string name, BarFault fault)
{
    public string Name => name;

    public BarFault Fault => fault;

    /// <summary>Null if there is nothing to say.</summary>
    public abstract QualityFinding? Find(CheckedBars bars, QualityOptions options);

    protected QualityFinding Finding(QualitySeverity severity, Occurrences found, string detail) =>
        new(name, severity, found.Count, detail, found.First);
}
