using Akka.Persistence.Sql;

namespace Akka.Store.Sql;

/// <summary>
/// A thread of its own, begun with the first work. Databases block; on the shared pool a slow disk would take
/// the actors' threads away.
/// </summary>
internal sealed class SqlThread<TStatements>(
    string name, string location, TimeProvider clock, SqlRunner<TStatements> runner, int maximumBatch)
    : IDisposable
{
    /// <summary>
    /// More waiting than this means that the store is far behind; further work fails at once.
    /// </summary>
    private const int MaximumWaiting = 100_000;

    private readonly Queue<SqlWork<TStatements>> _waiting = [];
    private Thread? _thread;
    private bool _isClosed;

    /// <summary>Does the work after everything handed over earlier.</summary>
    public void Do(SqlWork<TStatements> work)
    {
        lock (_waiting)
        {
            if (_isClosed)
            {
                work.Fail(new SqlStoreException($"The store {location} has been closed."));
            }
            else if (_waiting.Count >= MaximumWaiting)
            {
                work.Fail(new SqlStoreException(
                    $"The store {location} is behind: {MaximumWaiting} requests wait already."));
            }
            else
            {
                _waiting.Enqueue(work);
                Start();
                Monitor.Pulse(_waiting);
            }
        }
    }

    /// <summary>Finishes what was handed over, closes the connection and ends the thread.</summary>
    public void Dispose()
    {
        Thread? thread;
        lock (_waiting)
        {
            _isClosed = true;
            thread = _thread;
            Monitor.Pulse(_waiting);
        }

        thread?.Join();
    }

    private void Start()
    {
        if (_thread is null)
        {
            _thread = new Thread(Loop) { IsBackground = true, Name = name };
            _thread.Start();
        }
    }

    private void Loop()
    {
        var batch = new List<SqlWork<TStatements>>();
        while (Take(batch))
        {
            batch.RemoveAll(FailLate);
            if (batch.Count > 0 && runner.Run(batch) is { } away)
            {
                FailRest(away);
            }

            batch.Clear();
        }

        runner.Dispose();
    }

    /// <summary>Who closes a store that is away does not want to wait for it.</summary>
    private void FailRest(Exception away)
    {
        lock (_waiting)
        {
            while (_isClosed && _waiting.TryDequeue(out var work))
            {
                work.Fail(away);
            }
        }
    }

    private bool FailLate(SqlWork<TStatements> work)
    {
        var isLate = clock.GetTimestamp() > work.Deadline;
        if (isLate)
        {
            work.Fail(new SqlStoreException($"The store {location} was too busy to begin in time."));
        }

        return isLate;
    }

    private bool Take(List<SqlWork<TStatements>> batch)
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

            while (batch.Count < maximumBatch && _waiting.TryDequeue(out var work))
            {
                batch.Add(work);
            }

            return true;
        }
    }
}
