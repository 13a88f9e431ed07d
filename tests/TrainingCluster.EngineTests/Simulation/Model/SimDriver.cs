using Akka.Persistence.Sql;
using Akka.Store;
using TrainingCluster.EngineTests.Simulation.Time;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>
/// One host's transactions in one area: as with the databases, one at a time for writing and one for reading.
/// </summary>
internal sealed class SimDriver<TStatements>(
    SimStore store,
    SimHost host,
    string area,
    TimeSpan timeLimit,
    Func<SimStore, SimTransaction, TStatements> statements) : IStoreDriver<TStatements>
{
    private readonly Lane _writes = new();
    private readonly Lane _reads = new();

    public string Location => $"simulated {area}";

    public Task<T> Write<T>(Func<TStatements, ValueTask<T>> body) => Run(_writes, body);

    public Task<T> Read<T>(Func<TStatements, ValueTask<T>> body) => Run(_reads, body);

    public void Dispose()
    {
    }

    private Task<T> Run<T>(Lane lane, Func<TStatements, ValueTask<T>> body)
    {
        host.Touch(area);
        var done = new TaskCompletionSource<T>();
        var deadline = store.Loop.Now + timeLimit.Ticks;
        lane.Do(async () =>
        {
            if (host.IsDead)
            {
                return;
            }

            try
            {
                var result = await Attempt(deadline, body);
                lane.Next();
                done.TrySetResult(result);
            }
            catch (Exception cause)
            {
                store.Counters.Failures++;
                store.Counters.FencedWrites += cause is FencedWriterException ? 1 : 0;
                lane.Next();
                done.TrySetException(cause);
            }
        });
        return done.Task;
    }

    private async Task<T> Attempt<T>(long deadline, Func<TStatements, ValueTask<T>> body)
    {
        if (store.Loop.Now > deadline)
        {
            throw new SqlStoreException("The store was too busy to begin in time.");
        }

        var transaction = new SimTransaction(store, host, area, timeLimit);
        store.Opened(transaction);
        try
        {
            var result = await body(statements(store, transaction));
            await transaction.CommitThere();
            return result;
        }
        catch
        {
            transaction.LoseConnection();
            throw;
        }
        finally
        {
            transaction.Finish();
        }
    }

    /// <summary>What waits for one connection.</summary>
    private sealed class Lane
    {
        private readonly Queue<Func<Task>> _waiting = [];
        private bool _isBusy;

        public void Do(Func<Task> work)
        {
            _waiting.Enqueue(work);
            if (!_isBusy)
            {
                Next();
            }
        }

        public void Next()
        {
            _isBusy = _waiting.TryDequeue(out var work);
            if (_isBusy)
            {
                _ = work!();
            }
        }
    }
}
