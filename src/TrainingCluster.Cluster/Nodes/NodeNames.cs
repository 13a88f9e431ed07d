using System.Globalization;
using Akka.Cluster;

namespace TrainingCluster.Cluster.Nodes;

/// <summary>
/// A node's identity: its address and the number of its incarnation. A process that comes back under the same
/// address is another node, because the workers of the first are gone.
/// </summary>
internal static class NodeNames
{
    public static string Of(UniqueAddress address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address.Address}#{address.Uid}");
}
