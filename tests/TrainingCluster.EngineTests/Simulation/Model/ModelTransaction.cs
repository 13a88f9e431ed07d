using Akka.Persistence.Sql;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>
/// What one transaction has locked and written.
/// </summary>
internal abstract class ModelTransaction
{
    private readonly List<ModelCell> _held = [];
    private bool _isBroken;

    public IReadOnlyList<ModelCell> Held => _held;

    /// <summary>Comes before each statement; where it fails, the transaction can only be rolled back.</summary>
    public virtual ValueTask Begin(string statement)
    {
        if (_isBroken)
        {
            throw new SqlStoreException("A statement of this transaction has failed; it can only be rolled back.");
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The statement has failed, and with it the transaction.</summary>
    public Exception Break(Exception cause)
    {
        _isBroken = true;
        return cause;
    }

    public ValueTask Hold(ModelCell cell, bool exclusive)
    {
        if (cell.TryHold(this, exclusive))
        {
            Holds(cell);
            return ValueTask.CompletedTask;
        }

        return Wait(cell, exclusive);
    }

    public void Holds(ModelCell cell)
    {
        if (!_held.Contains(cell))
        {
            _held.Add(cell);
        }
    }

    /// <exception cref="SqlStoreException">A statement failed, though the body did not.</exception>
    public void Commit()
    {
        if (_isBroken)
        {
            RollBack();
            throw new SqlStoreException("A statement of this transaction has failed; it was rolled back.");
        }

        _held.ForEach(static cell => cell.Commit());
        ReleaseAll();
    }

    public void RollBack()
    {
        _held.ForEach(static cell => cell.RollBack());
        ReleaseAll();
    }

    /// <summary>Another transaction holds the lock.</summary>
    protected abstract ValueTask Wait(ModelCell cell, bool exclusive);

    private void ReleaseAll()
    {
        var held = _held.ToArray();
        _held.Clear();
        foreach (var cell in held)
        {
            cell.Release(this);
        }
    }
}

/// <summary>Of a store that runs transactions one after the other, so that none ever waits.</summary>
internal sealed class SerialTransaction : ModelTransaction
{
    protected override ValueTask Wait(ModelCell cell, bool exclusive) =>
        throw new InvalidOperationException("Another transaction is open, which cannot be in a serial store.");
}
