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

    /// <summary>Carries out one statement; where it fails, the transaction can only be rolled back.</summary>
    public virtual async ValueTask<T> Run<T>(string statement, Func<ValueTask<T>> body)
    {
        if (_isBroken)
        {
            throw new SqlStoreException($"{statement}: the transaction has failed and can only be rolled back.");
        }

        try
        {
            return await body();
        }
        catch
        {
            _isBroken = true;
            throw;
        }
    }

    /// <summary>The same for a statement that never waits.</summary>
    public ValueTask<T> Look<T>(string statement, Func<T> body) =>
        Run(statement, () => ValueTask.FromResult(body()));

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
