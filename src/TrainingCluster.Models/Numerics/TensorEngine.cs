using static TorchSharp.torch;

namespace TrainingCluster.Models.Numerics;

/// <summary>The one place that brings the native tensor library into the process.</summary>
internal static class TensorEngine
{
    /// <exception cref="TensorEngineMissingException">A native library is absent or does not fit.</exception>
    public static void Load()
    {
        try
        {
            set_num_threads(1);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException
            or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new TensorEngineMissingException(e.GetBaseException().Message, e);
        }
    }

    public static void UseThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        set_num_threads(threads);
    }
}
