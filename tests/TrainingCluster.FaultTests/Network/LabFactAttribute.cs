namespace TrainingCluster.FaultTests.Network;

/// <summary>A test that needs a <see cref="Lab"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LabFactAttribute : FactAttribute
{
    public LabFactAttribute() => Skip = Lab.WhyNot;
}
