using TrainingCluster.EngineTests.Postgres;

namespace TrainingCluster.EngineTests.Store;

public sealed class PostgresContractSpecs(PostgresContractSpecs.Server server)
    : StoreContractSpecs(new PostgresUnderTest(server.Postgres)), IClassFixture<PostgresContractSpecs.Server>
{
    public sealed class Server : IDisposable
    {
        public PostgresServer Postgres { get; } = new();

        public void Dispose() => Postgres.Dispose();
    }
}
