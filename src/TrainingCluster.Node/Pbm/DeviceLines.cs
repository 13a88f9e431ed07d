using System.Globalization;
using TrainingCluster.Cluster.Nodes;

namespace TrainingCluster.Node.Pbm;

/// <summary>What this machine computes with, a line each.</summary>
/// <param name="deviceFolder">Where the kernel lists devices.</param>
internal sealed class DeviceLines(string deviceFolder)
{
    /// <summary>One line for the processors, with the memory in GiB, and one for each CUDA device.</summary>
    public IEnumerable<string> All()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        return NodeDevices.Cuda(deviceFolder).Prepend(string.Create(
            CultureInfo.InvariantCulture,
            $"cpu | processors: {Environment.ProcessorCount} | memory: {memory:0.0} GiB"));
    }
}
