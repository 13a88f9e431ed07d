namespace TrainingCluster.Features.Readiness;

/// <summary>How good a ground some samples are to learn from, in rising order.</summary>
public enum ReadinessLevel
{
    Poor,
    Fair,
    Good,
    Excellent,
}
