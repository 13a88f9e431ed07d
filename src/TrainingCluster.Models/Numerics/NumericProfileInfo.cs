namespace TrainingCluster.Models.Numerics;

/// <summary>
/// What decides the last bits of every number: libraries, kernels and threads. Artifacts carry it; bytes are
/// equal within one profile only.
/// </summary>
/// <param name="Torch">File name of the loaded libtorch, which carries its version.</param>
/// <param name="Blas">File name of the loaded BLAS.</param>
/// <param name="OpenBlasCore">Kernels that OpenBLAS was told to use.</param>
/// <param name="CpuCapability">Kernels that libtorch was told to use: "avx512", "avx2" or "default".</param>
/// <param name="Threads">Threads of one operation.</param>
/// <param name="Warning">What makes this profile slow or odd, or null.</param>
public sealed record NumericProfileInfo(
    string Torch, string Blas, string OpenBlasCore, string CpuCapability, int Threads, string? Warning)
{
    /// <summary>One line that is equal exactly where bytes may be compared.</summary>
    public string Fingerprint =>
        $"torch={Torch};blas={Blas};core={OpenBlasCore};cpu={CpuCapability};threads={Threads}";
}
