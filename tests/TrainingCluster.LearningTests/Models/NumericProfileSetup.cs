using System.Runtime.CompilerServices;
using TrainingCluster.Models.Numerics;

namespace TrainingCluster.LearningTests.Models;

/// <summary>Sets the numeric profile before any test touches a tensor, as a host does.</summary>
internal static class NumericProfileSetup
{
    [ModuleInitializer]
    internal static void Apply() => NumericProfile.Apply();
}
