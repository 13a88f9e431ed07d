namespace TrainingCluster.Features.Drift;

public enum DriftVerdict
{
    NoDrift,
    Drift,

    /// <summary>Neither can be said.</summary>
    TooLittleData,
}
