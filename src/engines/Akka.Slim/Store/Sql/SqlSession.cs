using System.Data.Common;

namespace Akka.Store.Sql;

/// <summary>
/// One connection with its commands, for one thread at a time. Statements outside a transaction commit
/// themselves.
/// </summary>
internal sealed class SqlSession(ISqlDialect dialect, DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = [];
    private DbTransaction? _transaction;

    public ISqlDialect Dialect => dialect;

    /// <summary>Rows handed out on this connection; tells whether a reader has seen anything.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Sends what was put off.</summary>
    public Action? Flush { get; set; }

    /// <summary>Forgets what was put off, because the transaction is undone.</summary>
    public Action? Forget { get; set; }

    public void Begin() => _transaction = dialect.BeginWrite(connection);

    public void Commit()
    {
        using var transaction = _transaction;
        _transaction = null;
        transaction!.Commit();
    }

    public void Rollback()
    {
        using var transaction = _transaction;
        _transaction = null;
        Forget?.Invoke();
        transaction?.Rollback();
    }

    /// <summary>The number of rows it changed.</summary>
    public int Execute(string statement, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Command(statement, parameters).ExecuteNonQuery();

    /// <summary>The first column of the first row, or null where there is none or it is NULL.</summary>
    public object? Scalar(string statement, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var value = Command(statement, parameters).ExecuteScalar();
        RowsRead++;
        return value is DBNull ? null : value;
    }

    /// <summary>Calls <paramref name="row"/> for each row as it is read; nothing is collected.</summary>
    public void Query(
        string statement,
        Action<DbDataReader> row,
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Command(statement, parameters).ExecuteReader();
        while (reader.Read())
        {
            RowsRead++;
            row(reader);
        }
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _transaction?.Dispose();
        connection.Dispose();
    }

    private DbCommand Command(string statement, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(statement, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = statement;
            foreach (var (name, _) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            _commands.Add(statement, command);
        }

        command.Transaction = _transaction;
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        }

        return command;
    }
}
