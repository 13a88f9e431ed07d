using System.Globalization;

namespace TrainingCluster.Node.Pbm;

/// <summary>What this machine computes with, as its kernel shows it.</summary>
/// <param name="deviceFolder">Where the kernel lists devices.</param>
internal sealed class NodeDevices(string deviceFolder)
{
    private const string CudaPrefix = "nvidia";

    /// <summary>One line for the processors, and one for each CUDA device.</summary>
    public IEnumerable<string> Lines()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        yield return string.Create(
            CultureInfo.InvariantCulture, $"cpu | processors: {Environment.ProcessorCount} | memory: {memory:0.0} GiB");
        foreach (var number in CudaNumbers())
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"cuda:{number}");
        }
    }

    // nvidia0, nvidia1 … are devices; nvidiactl and nvidia-uvm are not.
    private IEnumerable<int> CudaNumbers() => Directory.Exists(deviceFolder)
        ? Directory.EnumerateFiles(deviceFolder, CudaPrefix + "*")
            .Select(file => Path.GetFileName(file)[CudaPrefix.Length..])
            .Where(rest => int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(rest => int.Parse(rest, CultureInfo.InvariantCulture))
            .Order()
        : [];
}
