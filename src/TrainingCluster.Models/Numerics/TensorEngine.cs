namespace TrainingCluster.Models.Numerics;

/// <summary>The one place that brings the native tensor library into the process.</summary>
internal static class TensorEngine
{
    public static void Load()
    {
    }

    public static void UseThreads(int threads) => ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
}
