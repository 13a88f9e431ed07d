using System.Data.Common;
using Akka.Persistence.Sql;

namespace Akka.Store.Sql;

/// <summary>
/// Carries works out on a connection that it opens when it needs one and gives up after a failure, so a store
/// that was away is used again as soon as it is back.
/// </summary>
internal abstract class SqlRunner<TStatements>(SqlArea<TStatements> area) : IDisposable
{
    private SqlSession? _session;
    private TStatements? _statements;

    protected bool IsConnected => _session is not null;

    /// <summary>Runs the works and leaves the outcome in each.</summary>
    /// <returns>Why the store cannot be used now; null where it can.</returns>
    public abstract Exception? Run(IReadOnlyList<SqlWork<TStatements>> works);

    public void Dispose() => Disconnect();

    protected (SqlSession Session, TStatements Statements) Connect(bool forWriting)
    {
        if (_session is null)
        {
            var session = new SqlSession(area.Dialect, area.Dialect.Open(forWriting));
            try
            {
                area.Schema.Prepare(session);
            }
            catch
            {
                session.Dispose();
                throw;
            }

            (_session, _statements) = (session, area.Bind(session));
        }

        return (_session, _statements!);
    }

    protected void Disconnect()
    {
        var session = _session;
        _session = null;
        try
        {
            session?.Dispose();
        }
        catch (Exception)
        {
            // It is given up because it does not work any more, and drivers throw all sorts of things then.
        }
    }

    /// <summary>Undoes the transaction; keeps the connection only where it surely works.</summary>
    protected void Undo(Exception cause)
    {
        if (!IsAnswer(cause))
        {
            Disconnect();
            return;
        }

        try
        {
            _session?.Rollback();
        }
        catch (Exception)
        {
            Disconnect();
        }
    }

    protected bool IsConnectionError(Exception cause) =>
        cause is DbException or ObjectDisposedException or IOException && !IsAnswer(cause);

    /// <summary>
    /// What the server or the body of a transaction says on purpose. A driver whose connection broke may throw
    /// anything, and goes on throwing it.
    /// </summary>
    private bool IsAnswer(Exception cause) =>
        cause is DbException error ? area.Dialect.IsStatementError(error) : cause is SqlStoreException;

    protected bool IsVictim(Exception cause) => cause is DbException error && area.Dialect.IsVictim(error);

    protected Exception Explain(Exception cause) => cause switch
    {
        DbException error => area.Dialect.Explain(error),
        _ when IsConnectionError(cause) => new SqlStoreException(
            $"The store {area.Dialect.Location} cannot be used: {cause.Message}", cause),
        _ => cause,
    };
}
