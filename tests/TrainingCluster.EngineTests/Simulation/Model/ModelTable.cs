namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>Rows by key, in the order of their keys within a partition.</summary>
internal sealed class ModelTable<TPartition, TKey, TRow>
    where TPartition : notnull
    where TKey : notnull
    where TRow : class
{
    private readonly Dictionary<TPartition, SortedList<TKey, Cell>> _partitions = [];

    /// <summary>What a statement sees that begins now: committed rows and the transaction's own.</summary>
    public TRow? Find(ModelTransaction transaction, TPartition partition, TKey key) =>
        _partitions.TryGetValue(partition, out var cells) && cells.TryGetValue(key, out var cell)
            ? cell.Seen(transaction)
            : null;

    public IEnumerable<(TKey Key, TRow Row)> Scan(ModelTransaction transaction, TPartition partition)
    {
        if (!_partitions.TryGetValue(partition, out var cells))
        {
            yield break;
        }

        foreach (var (key, cell) in cells)
        {
            if (cell.Seen(transaction) is { } row)
            {
                yield return (key, row);
            }
        }
    }

    public IEnumerable<TPartition> Partitions => _partitions.Keys;

    /// <summary>Locks the row where there is one, and gives it as it is by then.</summary>
    public async ValueTask<TRow?> Lock(
        ModelTransaction transaction, TPartition partition, TKey key, bool exclusive = true)
    {
        if (Find(transaction, partition, key) is null)
        {
            return null;
        }

        var cell = CellOf(partition, key);
        await transaction.Hold(cell, exclusive);
        return cell.Seen(transaction);
    }

    /// <summary>Locks the key, whether there is a row or not.</summary>
    public async ValueTask<TRow?> LockKey(ModelTransaction transaction, TPartition partition, TKey key)
    {
        var cell = CellOf(partition, key);
        await transaction.Hold(cell, exclusive: true);
        return cell.Seen(transaction);
    }

    /// <summary>False where the key is taken; waits for a transaction that is about to take or free it.</summary>
    public async ValueTask<bool> Insert(ModelTransaction transaction, TPartition partition, TKey key, TRow row)
    {
        var cell = CellOf(partition, key);
        if (cell.IsSettled && cell.Seen(transaction) is not null)
        {
            return false;
        }

        await transaction.Hold(cell, exclusive: true);
        if (cell.Seen(transaction) is not null)
        {
            return false;
        }

        cell.Write(row);
        return true;
    }

    public async ValueTask Put(ModelTransaction transaction, TPartition partition, TKey key, TRow? row)
    {
        var cell = CellOf(partition, key);
        await transaction.Hold(cell, exclusive: true);
        cell.Write(row);
    }

    private Cell CellOf(TPartition partition, TKey key)
    {
        if (!_partitions.TryGetValue(partition, out var cells))
        {
            _partitions.Add(partition, cells = []);
        }

        if (!cells.TryGetValue(key, out var cell))
        {
            cells.Add(key, cell = new Cell(this, partition, key));
        }

        return cell;
    }

    private sealed class Cell(ModelTable<TPartition, TKey, TRow> table, TPartition partition, TKey key) : ModelCell
    {
        private TRow? _committed;
        private TRow? _written;
        private bool _isWritten;

        /// <summary>No transaction is about to change it.</summary>
        public bool IsSettled => !_isWritten;

        protected override bool HasRow => _isWritten || _committed is not null;

        /// <summary>Only the holder sees what is not yet committed.</summary>
        public TRow? Seen(ModelTransaction transaction) =>
            _isWritten && IsHeldBy(transaction) ? _written : _committed;

        public void Write(TRow? row) => (_written, _isWritten) = (row, true);

        public override void Commit()
        {
            if (_isWritten)
            {
                (_committed, _written, _isWritten) = (_written, null, false);
            }
        }

        public override void RollBack() => (_written, _isWritten) = (null, false);

        public override void Prune()
        {
            if (!IsIdle || !table._partitions.TryGetValue(partition, out var cells))
            {
                return;
            }

            if (cells.TryGetValue(key, out var present) && ReferenceEquals(present, this))
            {
                cells.Remove(key);
            }

            if (cells.Count == 0)
            {
                table._partitions.Remove(partition);
            }
        }
    }
}
