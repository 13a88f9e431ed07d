using Akka.Configuration;
using Akka.Store;
using Akka.Store.Sql;
using TrainingCluster.EngineTests.Postgres;

namespace TrainingCluster.EngineTests.Store;

/// <summary>A database of its own on a server that tests share.</summary>
internal sealed class PostgresUnderTest(PostgresServer server) : IStoreUnderTest
{
    private readonly List<IStores> _open = [];

    public string Database { get; } = server.CreateDatabase();

    public string ConnectionString => server.ConnectionString(Database);

    public IStores Open() => Open(TimeSpan.FromSeconds(20));

    public IStores Open(TimeSpan leaseTimeout)
    {
        var stores = new SqlStores(
            new SqlStoreSettings
            {
                Provider = SqlStoreSettings.Postgres,
                ConnectionString = ConnectionString,
                LeaseTimeout = leaseTimeout,
            },
            TimeProvider.System);
        _open.Add(stores);
        return stores;
    }

    public IStoreDriver<IJournalStatements> OpenJournal(IStores stores) =>
        stores.OpenJournal(
            ConfigurationFactory.ParseString(
                $$"""
                connection-string = "{{ConnectionString}}"
                provider-name = "PostgreSQL.15"
                """),
            "test");

    public void Dispose() => _open.ForEach(stores => stores.Dispose());
}
