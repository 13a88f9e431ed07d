using TrainingCluster.FaultTests.Network;
using TrainingCluster.Testing.Postgres;

namespace TrainingCluster.FaultTests.Stores;

/// <summary>A server on a host of its own in a <see cref="Lab"/>, and a host for each node.</summary>
internal sealed class LabClusterStore : IClusterStore
{
    private readonly PostgresServer _server;

    /// <param name="nodes">Their hosts are numbered from 1; the server's is the next one.</param>
    public LabClusterStore(int nodes)
    {
        ServerHost = nodes + 1;
        Lab = new Lab(ServerHost);
        try
        {
            _server = PostgresServer.Start(new PostgresServerOptions
            {
                Address = Lab.AddressOf(ServerHost),
                Wrapper = Lab.On(ServerHost),
            });
        }
        catch
        {
            Lab.Dispose();
            throw;
        }
    }

    public Lab Lab { get; }

    public int ServerHost { get; }

    public IEnumerable<string> ArgumentsFor(int port) => PostgresClusterStore.ArgumentsFor(
        $"Host={_server.Host};Port={_server.Port}", _server.PasswordFile);

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        Lab.Dispose();
        return ValueTask.CompletedTask;
    }
}
