using System.Globalization;

namespace TrainingCluster.Cluster.Nodes;

/// <summary>What a machine computes with beside its processors, as its drivers list it.</summary>
public static class NodeDevices
{
    private const string Prefix = "nvidia";

    /// <param name="folder">Where drivers put their devices, <c>/dev</c>: <c>nvidia0</c>, <c>nvidia1</c> …</param>
    /// <returns>Names as libtorch has them, <c>cuda:0</c>, in order.</returns>
    public static ImmutableArray<string> Cuda(string folder) => Directory.Exists(folder)
        ?
        [
            .. Directory.EnumerateFileSystemEntries(folder, Prefix + "*")
                .Select(path => Path.GetFileName(path)[Prefix.Length..])
                .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : -1)
                .Where(number => number >= 0)
                .Order()
                .Select(number => string.Create(CultureInfo.InvariantCulture, $"cuda:{number}")),
        ]
        : [];

    /// <summary>What <c>training.node.slots = auto</c> means: one a CUDA device, else one a processor.</summary>
    public static int Slots(ImmutableArray<string> devices, int processors) =>
        devices.Length > 0 ? devices.Length : Math.Max(1, processors);
}
