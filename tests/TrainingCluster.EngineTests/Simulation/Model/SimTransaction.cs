using Akka.Persistence.Sql;
using TrainingCluster.EngineTests.Simulation.Time;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>
/// A transaction whose statements travel to the database and back, so that others come between them, hold locks it
/// has to wait for, or take the connection away.
/// </summary>
/// <param name="store">Where it runs.</param>
/// <param name="host">Whose it is.</param>
/// <param name="area">Names its part of the store.</param>
/// <param name="timeLimit">How long one statement may take.</param>
internal sealed class SimTransaction(SimStore store, SimHost host, string area, TimeSpan timeLimit) : ModelTransaction
{
    private readonly List<object> _notes = [];
    private TaskCompletionSource<bool>? _step;
    private SqlStoreException? _ended;
    private ModelCell? _awaited;
    private SimEvent? _idleLimit;
    private SimEvent? _limit;
    private bool _isCommitSent;
    private string _statement = "";

    public SimHost Host => host;

    public string Area => area;

    public ModelCell? Awaited => _awaited;

    /// <summary>What the transaction has done, reported when it commits.</summary>
    public IReadOnlyList<object> Notes => _notes;

    /// <summary>Neither committed nor rolled back.</summary>
    public bool IsOpen { get; private set; } = true;

    public override string ToString() =>
        $"{host.Name} {area} at {_statement}, {(IsOpen ? "open" : "over")}{(_isCommitSent ? ", commit sent" : "")}";

    public void Note(object what) => _notes.Add(what);

    public override async ValueTask<T> Run<T>(string statement, Func<ValueTask<T>> body)
    {
        await Travel(statement);
        T result;
        try
        {
            result = await base.Run(statement, body);
        }
        catch (Exception cause) when (cause is not ConnectionLostException)
        {
            await Return(statement);
            throw;
        }

        await Return(statement);
        return result;
    }

    /// <summary>Ends once the database has answered; a failure leaves open what it did.</summary>
    public async Task CommitThere()
    {
        await GoOn();
        var travel = store.Weather.Travel(host);
        await Refuse(travel);
        _limit = store.Loop.Post(host, timeLimit, Abandon);
        _isCommitSent = true;
        // It is on its way: whatever happens to the sender, it may arrive.
        var arrived = NewStep();
        if (!travel.IsLost)
        {
            store.Loop.Post(null, travel.Duration, () => ArriveCommit(arrived));
        }

        await arrived.Task;
        if (store.Weather.LosesAnswer())
        {
            store.Counters.LostCommitAnswers++;
            store.Trace(host, area, "commit answer lost");
            await NewStep().Task;
        }

        await Return("commit");
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Finish() => _limit?.Cancel();

    /// <summary>The sender gives up; a commit that is on its way may arrive all the same.</summary>
    private void Abandon()
    {
        store.Counters.TimeOuts++;
        var cause = new SqlStoreException($"The store did not answer within {timeLimit.TotalSeconds} s.");
        _ended ??= cause;
        LoseConnection();
        var step = _step;
        _step = null;
        step?.TrySetException(new ConnectionLostException(cause.Message, cause));
    }

    /// <summary>The database notices after a while that nobody is there any more.</summary>
    public void LoseConnection()
    {
        if (IsOpen)
        {
            store.Loop.Post(null, store.Weather.NoticesLoss(_isCommitSent), RollBackThere);
        }
    }

    public void RollBackThere()
    {
        if (!IsOpen)
        {
            return;
        }

        IsOpen = false;
        _ended ??= new SqlStoreException("The database has ended the transaction.");
        _idleLimit?.Cancel();
        _awaited?.Abandon(this);
        _awaited = null;
        RollBack();
    }

    protected override async ValueTask Wait(ModelCell cell, bool exclusive)
    {
        if (WouldDeadlock(cell))
        {
            store.Counters.Deadlocks++;
            store.Trace(host, area, "deadlock");
            throw new SqlStoreException("The transaction was chosen to end a deadlock.");
        }

        store.Counters.LockWaits++;
        store.Loop.Trace.Listener?.Invoke($"{this} waits for {string.Join(", ", cell.HoldersExcept(this))}");
        _awaited = cell;
        var granted = NewStep();
        cell.Enqueue(new ModelCell.Waiter(this, exclusive, () => store.Loop.Post(null, TimeSpan.Zero, () =>
        {
            _awaited = null;
            granted.TrySetResult(true);
        })));
        await granted.Task;
        if (!IsOpen)
        {
            // Rolled back between being given the lock and going on; it must take no further ones.
            throw new ConnectionLostException("The transaction was over.", _ended!);
        }
    }

    private async ValueTask Travel(string statement)
    {
        _statement = statement;
        host.Touch(statement);
        await GoOn();
        var travel = store.Weather.Travel(host);
        await Refuse(travel);
        _limit = store.Loop.Post(host, timeLimit, Abandon);
        var arrived = NewStep();
        if (!travel.IsLost)
        {
            store.Loop.Post(null, travel.Duration, () =>
            {
                _idleLimit?.Cancel();
                if (IsOpen)
                {
                    store.Trace(host, area, statement);
                }

                arrived.TrySetResult(true);
            });
        }

        await arrived.Task;
        if (_ended is not null)
        {
            throw new ConnectionLostException(_ended.Message, _ended);
        }
    }

    /// <summary>The answer comes back as an event of the asking process, which may be paused by then.</summary>
    private async ValueTask Return(string statement)
    {
        var travel = store.Weather.Answer(host);
        if (IsOpen && store.Weather.IdleLimit is { } limit)
        {
            _idleLimit = store.Loop.Post(null, limit, RollBackThere);
        }

        var returned = NewStep();
        if (!travel.IsLost)
        {
            store.Loop.Post(host, travel.Duration, () => returned.TrySetResult(true));
        }

        await returned.Task;
        _limit?.Cancel();
        Check(travel.Failure);
        host.Touch(statement + " answered");
    }

    private void ArriveCommit(TaskCompletionSource<bool> arrived)
    {
        _idleLimit?.Cancel();
        if (!IsOpen)
        {
            arrived.TrySetException(_ended ?? new SqlStoreException("The transaction was over."));
            return;
        }

        IsOpen = false;
        store.Trace(host, area, "commit");
        try
        {
            Commit();
        }
        catch (SqlStoreException cause)
        {
            arrived.TrySetException(cause);
            return;
        }

        store.Committed(this);
        arrived.TrySetResult(true);
    }

    /// <summary>What a dead process has left to do reaches nobody.</summary>
    private Task GoOn() => host.IsDead ? new TaskCompletionSource().Task : Task.CompletedTask;

    /// <summary>Not at once: who tries again and again would never let time go on.</summary>
    private async ValueTask Refuse(Travel travel)
    {
        if (travel.Failure is not null)
        {
            var told = NewStep();
            store.Loop.Post(host, TimeSpan.FromMilliseconds(2), () => told.TrySetResult(true));
            await told.Task;
            LoseConnection();
            Check(travel.Failure);
        }
    }

    private static void Check(SqlStoreException? failure)
    {
        if (failure is not null)
        {
            throw new ConnectionLostException(failure.Message, failure);
        }
    }

    private TaskCompletionSource<bool> NewStep() => _step = new TaskCompletionSource<bool>();

    private bool WouldDeadlock(ModelCell cell)
    {
        var seen = new HashSet<ModelTransaction> { this };
        var toLookAt = new Stack<ModelTransaction>(cell.HoldersExcept(this));
        while (toLookAt.TryPop(out var next))
        {
            if (ReferenceEquals(next, this))
            {
                return true;
            }

            if (seen.Add(next) && ((SimTransaction)next).Awaited is { } awaited)
            {
                foreach (var holder in awaited.HoldersExcept(next))
                {
                    toLookAt.Push(holder);
                }
            }
        }

        return false;
    }
}

/// <summary>The database cannot be asked any more in this transaction.</summary>
internal sealed class ConnectionLostException(string message, Exception cause) : SqlStoreException(message, cause);
