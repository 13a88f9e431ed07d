using TrainingCluster.FaultTests.Network;

namespace TrainingCluster.FaultTests.Stores;

internal sealed class PostgresClusterStore : IClusterStore
{
    public static Task<PostgresClusterStore> StartAsync() => throw new NotImplementedException();

    public Link LinkOf(int port) => throw new NotImplementedException();

    public void Heal() => throw new NotImplementedException();

    public void Slow(TimeSpan lag) => throw new NotImplementedException();

    public Task StopServerAsync() => throw new NotImplementedException();

    public Task StartServerAsync() => throw new NotImplementedException();

    public Task<long> CountStatementsAsync() => throw new NotImplementedException();

    public IEnumerable<string> ArgumentsFor(int port) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
