namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>
/// One key of a table: the committed row, the row that a transaction has written and not yet committed, and who
/// holds it locked. Whoever writes holds it alone, so there is never more than one uncommitted row.
/// </summary>
internal abstract class ModelCell
{
    private readonly List<ModelTransaction> _holders = [];
    private readonly List<Waiter> _waiting = [];
    private bool _isExclusive;

    /// <summary>Nothing refers to it any more.</summary>
    public bool IsIdle => _holders.Count == 0 && _waiting.Count == 0 && !HasRow;

    protected abstract bool HasRow { get; }

    public abstract void Commit();

    public abstract void RollBack();

    /// <summary>Forgets the cell where nothing is left of it.</summary>
    public abstract void Prune();

    public bool IsHeldBy(ModelTransaction transaction) => _holders.Contains(transaction);

    public bool IsHeldByOthers(ModelTransaction transaction) => _holders.Exists(holder => holder != transaction);

    public IEnumerable<ModelTransaction> HoldersExcept(ModelTransaction transaction) =>
        _holders.Where(holder => holder != transaction);

    /// <summary>False where the lock has to be waited for.</summary>
    public bool TryHold(ModelTransaction transaction, bool exclusive)
    {
        if (IsHeldBy(transaction) && (_isExclusive || !exclusive))
        {
            return true;
        }

        var isFree = exclusive ? !IsHeldByOthers(transaction) : !_isExclusive;
        if (!isFree)
        {
            return false;
        }

        if (!IsHeldBy(transaction))
        {
            _holders.Add(transaction);
        }

        _isExclusive |= exclusive;
        return true;
    }

    public void Enqueue(Waiter waiter) => _waiting.Add(waiter);

    public void Abandon(ModelTransaction transaction) =>
        _waiting.RemoveAll(waiter => waiter.Transaction == transaction);

    /// <summary>The next in line are given what they wait for.</summary>
    public void Release(ModelTransaction transaction)
    {
        _holders.Remove(transaction);
        _isExclusive &= _holders.Count > 0;
        while (_waiting.Count > 0 && TryHold(_waiting[0].Transaction, _waiting[0].IsExclusive))
        {
            var next = _waiting[0];
            _waiting.RemoveAt(0);
            next.Transaction.Holds(this);
            next.Granted();
        }

        Prune();
    }

    internal sealed record Waiter(ModelTransaction Transaction, bool IsExclusive, Action Granted);
}
