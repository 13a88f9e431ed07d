using TrainingCluster.FaultTests.Harness;

namespace TrainingCluster.FaultTests.Network;

/// <summary>A test that needs a <see cref="Lab"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LabFactAttribute : FactAttribute
{
    public LabFactAttribute() => Skip = Lab.WhyNot;

    /// <summary>Whether the time it takes is for <c>./dev test faults</c> only.</summary>
    public bool IsLong
    {
        get => Skip is not null && Skip == RealTimeFactAttribute.WhyNot;
        set => Skip ??= value ? RealTimeFactAttribute.WhyNot : null;
    }
}
