using Akka.Store;

namespace Akka.Cluster.Membership;

/// <summary>One node and what it shares with the others.</summary>
internal sealed record StoreNode
{
    public required string ClusterName { get; init; }

    public required UniqueAddress Self { get; init; }

    public required IStores Stores { get; init; }

    public required LeaseSettings Lease { get; init; }

    public required MinimumMembers Minimum { get; init; }

    public required ActingRight Right { get; init; }

    public required TimeProvider Clock { get; init; }

    public required IProcesses Processes { get; init; }

    public required INodeWire Wire { get; init; }

    public required EpochFile Epochs { get; init; }
}
