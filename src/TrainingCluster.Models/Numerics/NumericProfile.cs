using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TrainingCluster.Models.Numerics;

/// <summary>
/// Sets what decides the last bits of every number, before the native libraries load. .NET's own way to set
/// an environment variable does not reach native code, so this goes through libc; what the process inherited
/// is overruled, because an inherited older core type makes the same program slower and its bytes different.
/// </summary>
public static partial class NumericProfile
{
    private static readonly Lazy<NumericProfileInfo> Applied = new(ApplyOnce);

    /// <summary>To be called first thing in a host. Later calls give the first one's answer.</summary>
    /// <exception cref="TensorEngineMissingException">libtorch or its shim cannot be loaded.</exception>
    public static NumericProfileInfo Apply() => Applied.Value;

    /// <summary>
    /// Sets the threads of operations that the calling thread starts; libtorch's pool belongs to the calling
    /// thread. OpenBLAS's own pool stays at one thread: two pools spin against each other.
    /// </summary>
    public static void UseThreads(int threads) => TensorEngine.UseThreads(threads);

    private static NumericProfileInfo ApplyOnce()
    {
        var late = LoadedLibraries.Find("libtorch") is not null;
        var (core, capability, isa) = Kernels();
        Set("OPENBLAS_NUM_THREADS", "1");
        Set("OMP_NUM_THREADS", "1");
        Set("OMP_WAIT_POLICY", "PASSIVE");
        Set("OPENBLAS_CORETYPE", core);
        Set("ATEN_CPU_CAPABILITY", capability);
        Set("DNNL_MAX_CPU_ISA", isa);

        TensorEngine.Load();

        var torch = LoadedLibraries.Find("libtorch_cpu") ?? LoadedLibraries.Find("libtorch") ?? "unknown";
        var blas = LoadedLibraries.Find("libopenblas") ?? LoadedLibraries.Find("libmkl")
            ?? LoadedLibraries.Find("libblas") ?? "unknown";
        return new NumericProfileInfo(
            Path.GetFileName(torch), Path.GetFileName(blas), core, capability, 1, Warning(late, blas));
    }

    private static string? Warning(bool late, string blas)
    {
        if (late)
        {
            return "libtorch was loaded before the numeric profile; "
                + "its kernels are those of the inherited environment";
        }

        var reference = LoadedLibraries.Find("libblas") is { } path
            && !path.Contains("openblas", StringComparison.Ordinal)
            && !path.Contains("mkl", StringComparison.Ordinal);
        return reference || blas == "unknown"
            ? $"the BLAS in use ({LoadedLibraries.Find("libblas") ?? blas}) is the slow reference one; "
                + "install libopenblas0-pthread: training steps become about eight times faster"
            : null;
    }

    /// <summary>Kernel families by instruction set; empty leaves the choice to the library.</summary>
    private static (string OpenBlas, string Torch, string Dnnl) Kernels()
    {
        if (!X86Base.IsSupported)
        {
            return ("", "", "");
        }

        if (Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported)
        {
            return ("SkylakeX", "avx512", "AVX512_CORE");
        }

        return Avx2.IsSupported && Fma.IsSupported
            ? ("Haswell", "avx2", "AVX2")
            : ("Nehalem", "default", "SSE41");
    }

    private static void Set(string name, string value)
    {
        var code = value.Length == 0 ? UnsetEnv(name) : SetEnv(name, value, 1);
        if (code != 0)
        {
            throw new InvalidOperationException(
                $"the numeric profile could not set {name}: libc answered {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8,
        SetLastError = true)]
    private static partial int SetEnv(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8,
        SetLastError = true)]
    private static partial int UnsetEnv(string name);
}
