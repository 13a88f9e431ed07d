using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>
/// A store in memory for the nodes of one test: each connects once. Transactions run one after the other on their
/// caller's thread and are done when the call returns; a body that throws leaves nothing behind.
/// </summary>
internal sealed class SerialStore
{
    private readonly Lock _lock = new();
    private readonly List<(int Uid, Action OnWake)> _listeners = [];

    public ModelTables Tables { get; } = new();

    /// <summary>One node's way to the store.</summary>
    public SerialStores Connect() => new(this);

    internal async Task<T> Run<TStatements, T>(
        Func<ModelTransaction, TStatements> statements, Func<TStatements, ValueTask<T>> body)
    {
        // The lock is let go before the task is awaited: what completes at once is done by then.
        Task<T> run;
        lock (_lock)
        {
            run = RunLocked(statements, body);
            if (!run.IsCompleted)
            {
                throw new InvalidOperationException("A transaction awaited something other than statements.");
            }
        }

        return await run.ConfigureAwait(false);
    }

    internal void Wake(int uid)
    {
        Action[] wanted;
        lock (_lock)
        {
            wanted = [.. _listeners.Where(listener => listener.Uid == uid)
                .Select(static listener => listener.OnWake)];
        }

        Array.ForEach(wanted, static onWake => onWake());
    }

    internal IDisposable Listen(int uid, Action onWake)
    {
        var listener = (uid, onWake);
        lock (_lock)
        {
            _listeners.Add(listener);
        }

        return new Ending(() =>
        {
            lock (_lock)
            {
                _listeners.Remove(listener);
            }
        });
    }

    private static async Task<T> RunLocked<TStatements, T>(
        Func<ModelTransaction, TStatements> statements, Func<TStatements, ValueTask<T>> body)
    {
        var transaction = new SerialTransaction();
        try
        {
            var result = await body(statements(transaction));
            transaction.Commit();
            return result;
        }
        catch
        {
            transaction.RollBack();
            throw;
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

/// <summary>One node's connection to a store in memory, which can be cut.</summary>
internal sealed class SerialStores(SerialStore store) : IStores, IWakeUps
{
    private readonly SerialStore _store = store;

    /// <summary>While set, no call reaches the store.</summary>
    public volatile bool IsCut;

    public IStoreDriver<IMembershipStatements> Membership => new Driver<IMembershipStatements>(
        this, transaction => new ModelMembership(_store.Tables, transaction));

    public IStoreDriver<IQueueStatements> Queues => new Driver<IQueueStatements>(
        this, transaction => new ModelQueues(_store.Tables, transaction));

    public IWakeUps WakeUps => this;

    public IStoreDriver<IJournalStatements> OpenJournal(Config plugin, string configPath) =>
        new Driver<IJournalStatements>(this, transaction => new ModelJournal(_store.Tables, transaction));

    public void Release(IStoreDriver<IJournalStatements> journal)
    {
    }

    public void Wake(int uid)
    {
        if (!IsCut)
        {
            _store.Wake(uid);
        }
    }

    public IDisposable Listen(int uid, Action onWake) => _store.Listen(uid, onWake);

    public void Dispose()
    {
    }

    private sealed class Driver<TStatements>(
        SerialStores connection, Func<ModelTransaction, TStatements> statements) : IStoreDriver<TStatements>
    {
        public string Location => "memory";

        public Task<T> Write<T>(Func<TStatements, ValueTask<T>> body) => connection.IsCut
            ? Task.FromException<T>(new SqlStoreException("The store in memory cannot be reached."))
            : connection._store.Run(statements, body);

        public Task<T> Read<T>(Func<TStatements, ValueTask<T>> body) => Write(body);

        public void Dispose()
        {
        }
    }
}
