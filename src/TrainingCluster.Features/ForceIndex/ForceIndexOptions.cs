namespace TrainingCluster.Features.ForceIndex;

/// <param name="Period">Bars of the average over the bars' force; 1 gives the force itself.</param>
public sealed record ForceIndexOptions(int Period = 13);
