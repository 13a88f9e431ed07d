namespace TrainingCluster.FaultTests.Harness;

/// <summary>A test that takes minutes and runs with the product's own settings only.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealTimeFactAttribute : FactAttribute
{
    public RealTimeFactAttribute() => Skip = WhyNot;

    /// <summary>Null where tests of this kind run.</summary>
    public static string? WhyNot => FaultSettings.AreReal ? null : "takes minutes; ./dev test faults runs it";
}
