using Akka.Configuration;
using Akka.Store;
using TrainingCluster.EngineTests.Simulation.Time;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>One host's way to the database.</summary>
internal sealed class SimStores : IStores, IWakeUps
{
    private readonly SimStore _store;
    private readonly SimHost _host;

    public SimStores(SimStore store, SimHost host)
    {
        _store = store;
        _host = host;
        Membership = new SimDriver<IMembershipStatements>(
            store, host, "leases", TimeSpan.FromSeconds(1), static (store, transaction) =>
                new NotedMembership(new ModelMembership(store.Tables, transaction), transaction));
        Queues = new SimDriver<IQueueStatements>(
            store, host, "queues", TimeSpan.FromSeconds(10), static (store, transaction) =>
                new NotedQueues(
                    store.PlantInQueues(transaction.Host, new ModelQueues(store.Tables, transaction)), transaction));
        Journal = new SimDriver<IJournalStatements>(
            store, host, "journal", TimeSpan.FromSeconds(10), static (store, transaction) =>
                new NotedJournal(
                    store.PlantInJournal(transaction.Host, new ModelJournal(store.Tables, transaction)), transaction));
    }

    public IStoreDriver<IMembershipStatements> Membership { get; }

    public IStoreDriver<IQueueStatements> Queues { get; }

    public IStoreDriver<IJournalStatements> Journal { get; }

    public IWakeUps WakeUps => this;

    public IStoreDriver<IJournalStatements> OpenJournal(Config plugin, string configPath) => Journal;

    public void Release(IStoreDriver<IJournalStatements> journal)
    {
    }

    public void Wake(int uid)
    {
        if (!_host.IsDead)
        {
            _store.Wake(_host, uid);
        }
    }

    public IDisposable Listen(int uid, Action onWake) => _store.Listen(_host, uid, onWake);

    public void Dispose()
    {
    }
}
