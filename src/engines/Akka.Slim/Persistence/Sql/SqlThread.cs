namespace Akka.Persistence.Sql;

/// <summary>
/// A thread of its own with a connection of its own. Databases block; on the shared pool a slow disk would
/// take the actors' threads away.
/// </summary>
internal abstract class SqlThread : IDisposable
{
    /// <summary>
    /// More waiting than this means that the store is far behind; further work fails at once.
    /// </summary>
    private const int MaximumWaiting = 100_000;

    private readonly ISqlDialect _dialect;
    private readonly Thread _thread;
    private readonly Queue<SqlWork> _waiting = [];
    private readonly int _batchSize;
    private SqlSession? _session;
    private bool _isClosed;

    protected SqlThread(ISqlDialect dialect, string name, int batchSize)
    {
        _dialect = dialect;
        _batchSize = batchSize;
        _thread = new Thread(Loop) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Does <paramref name="body"/> after everything handed over earlier.</summary>
    public Task<T> Do<T>(Func<SqlSession, T> body)
    {
        var work = new SqlWork<T>(body);
        lock (_waiting)
        {
            if (_isClosed)
            {
                work.Fail(new SqlStoreException($"The store {_dialect.Location} has been closed."));
            }
            else if (_waiting.Count >= MaximumWaiting)
            {
                work.Fail(new SqlStoreException(
                    $"The store {_dialect.Location} is behind: {MaximumWaiting} requests wait already."));
            }
            else
            {
                _waiting.Enqueue(work);
                Monitor.Pulse(_waiting);
            }
        }

        return work.Task;
    }

    /// <summary>Finishes what was handed over, closes the connection and ends the thread.</summary>
    public void Dispose()
    {
        lock (_waiting)
        {
            _isClosed = true;
            Monitor.Pulse(_waiting);
        }

        _thread.Join();
    }

    /// <summary>
    /// Runs the works and leaves the outcome in each; a throw means that the connection is unusable.
    /// </summary>
    protected abstract void Run(SqlSession session, List<SqlWork> works);

    private void Loop()
    {
        var batch = new List<SqlWork>(_batchSize);
        while (Take(batch))
        {
            RunBatch(batch);
            batch.Clear();
        }

        _session?.Dispose();
    }

    private bool Take(List<SqlWork> batch)
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0)
            {
                if (_isClosed)
                {
                    return false;
                }

                Monitor.Wait(_waiting);
            }

            while (batch.Count < _batchSize && _waiting.TryDequeue(out var work))
            {
                batch.Add(work);
            }

            return true;
        }
    }

    private void RunBatch(List<SqlWork> batch)
    {
        try
        {
            Run(_session ??= Connect(), batch);
        }
        catch (Exception cause)
        {
            _session?.Dispose();
            _session = null;
            batch.ForEach(work => work.Fail(cause));
            return;
        }

        batch.ForEach(work => work.Finish());
    }

    private SqlSession Connect()
    {
        var session = new SqlSession(_dialect, _dialect.Open());
        try
        {
            SqlSchema.Prepare(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}

/// <summary>Writes: what waits goes into one transaction, so one sync of the log serves many.</summary>
internal sealed class SqlWriter(ISqlDialect dialect)
    : SqlThread(dialect, $"store writer {dialect.Location}", MaximumBatch)
{
    private const int MaximumBatch = 256;

    protected override void Run(SqlSession session, List<SqlWork> works) =>
        session.Write(session =>
        {
            foreach (var work in works)
            {
                work.Attempt(() => session.Nested(work.Run));
            }
        });
}

/// <summary>Reads, one after the other, so that a long replay never stands in the way of a write.</summary>
internal sealed class SqlReader(ISqlDialect dialect)
    : SqlThread(dialect, $"store reader {dialect.Location}", batchSize: 1)
{
    protected override void Run(SqlSession session, List<SqlWork> works)
    {
        foreach (var work in works)
        {
            work.Attempt(() => work.Run(session));
        }
    }
}
