using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Store;

namespace TrainingCluster.EngineTests.Wire;

/// <summary>A connection whose queue does what the test says, before and after each transaction.</summary>
internal sealed class DisturbedStores(IStores inner) : IStores
{
    /// <summary>How many of the next writes are carried out without their answer getting back.</summary>
    public volatile int AnswersToLose;

    public IStoreDriver<IMembershipStatements> Membership => inner.Membership;

    public IStoreDriver<IQueueStatements> Queues => new Driver(this, inner.Queues);

    public IWakeUps WakeUps => inner.WakeUps;

    public IStoreDriver<IJournalStatements> OpenJournal(Config plugin, string configPath) =>
        inner.OpenJournal(plugin, configPath);

    public void Release(IStoreDriver<IJournalStatements> journal) => inner.Release(journal);

    public void Dispose() => inner.Dispose();

    private sealed class Driver(DisturbedStores owner, IStoreDriver<IQueueStatements> inner)
        : IStoreDriver<IQueueStatements>
    {
        public string Location => inner.Location;

        public async Task<T> Write<T>(Func<IQueueStatements, ValueTask<T>> body)
        {
            var result = await inner.Write(body);
            return Interlocked.Decrement(ref owner.AnswersToLose) < 0
                ? result
                : throw new SqlStoreException("The answer got lost.");
        }

        public Task<T> Read<T>(Func<IQueueStatements, ValueTask<T>> body) => inner.Read(body);

        public void Dispose() => inner.Dispose();
    }
}
