using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Repairs;

namespace TrainingCluster.MarketData.Batches;

/// <summary>What a batch of bars must be like.</summary>
public sealed record BatchOptions
{
    /// <summary>Least score of quality after repairs.</summary>
    public double LeastScore { get; init; } = QualityReport.Threshold;

    /// <summary>Largest share of rows that could not be read.</summary>
    public double MostUnreadable { get; init; } = 0.05;

    public QualityOptions Quality { get; init; } = new();

    public RepairOptions Repair { get; init; } = new();
}
