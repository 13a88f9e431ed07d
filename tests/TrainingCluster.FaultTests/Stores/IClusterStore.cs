namespace TrainingCluster.FaultTests.Stores;

/// <summary>The store of a cluster under test.</summary>
internal interface IClusterStore : IAsyncDisposable
{
    /// <summary>How a node reaches it, as the node's arguments.</summary>
    /// <param name="port">The node's, which tells nodes apart.</param>
    IEnumerable<string> ArgumentsFor(int port);
}
