using Akka.Configuration;
using Akka.Store;
using Akka.Store.Sql;

namespace TrainingCluster.EngineTests.Store;

/// <summary>SQLite files in a folder that goes with the test.</summary>
internal sealed class SqliteUnderTest : IStoreUnderTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("store-");
    private readonly List<IStores> _open = [];

    public string Folder => _folder.FullName;

    public IStores Open()
    {
        // Builds and other tests share the machine: the limit of a lease would fail calls by chance.
        var settings = SqlStoreSettings.InFolder(Folder) with { LeaseTimeout = TimeSpan.FromSeconds(20) };
        var stores = new SqlStores(settings, TimeProvider.System);
        _open.Add(stores);
        return stores;
    }

    public IStoreDriver<IJournalStatements> OpenJournal(IStores stores) =>
        stores.OpenJournal(
            ConfigurationFactory.ParseString(
                $$"""
                connection-string = "Data Source={{Path.Combine(Folder, "journal.db")}}"
                provider-name = "SQLite.MS"
                """),
            "test");

    public void Dispose()
    {
        _open.ForEach(stores => stores.Dispose());
        _folder.Delete(recursive: true);
    }
}
