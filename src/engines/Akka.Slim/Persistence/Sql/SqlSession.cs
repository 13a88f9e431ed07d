using System.Data.Common;

namespace Akka.Persistence.Sql;

/// <summary>
/// One connection with its prepared statements. Used by one thread at a time: the thread of the queue it
/// belongs to.
/// </summary>
internal sealed class SqlSession(ISqlDialect dialect, DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _prepared = [];
    private DbTransaction? _transaction;

    public ISqlDialect Dialect => dialect;

    /// <summary>Runs <paramref name="body"/> in one write transaction, rolled back where it throws.</summary>
    public void Write(Action<SqlSession> body)
    {
        using var transaction = dialect.BeginWrite(connection);
        _transaction = transaction;
        try
        {
            body(this);
            transaction.Commit();
        }
        finally
        {
            _transaction = null;
        }
    }

    /// <summary>
    /// Runs <paramref name="body"/> within the transaction; where it throws only its own writes are undone.
    /// </summary>
    public void Nested(Action<SqlSession> body)
    {
        Execute("SAVEPOINT item");
        try
        {
            body(this);
            Execute("RELEASE SAVEPOINT item");
        }
        catch
        {
            Execute("ROLLBACK TO SAVEPOINT item");
            Execute("RELEASE SAVEPOINT item");
            throw;
        }
    }

    public int Execute(string statement, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Command(statement, parameters).ExecuteNonQuery();

    /// <summary>The first column of the first row, or null where there is none or it is NULL.</summary>
    public object? Scalar(string statement, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Command(statement, parameters).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>Calls <paramref name="row"/> for each row as it is read; nothing is collected.</summary>
    public void Query(
        string statement,
        Action<DbDataReader> row,
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Command(statement, parameters).ExecuteReader();
        while (reader.Read())
        {
            row(reader);
        }
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private DbCommand Command(string statement, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_prepared.TryGetValue(statement, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = statement;
            foreach (var (name, _) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            _prepared.Add(statement, command);
        }

        command.Transaction = _transaction;
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        }

        return command;
    }
}
