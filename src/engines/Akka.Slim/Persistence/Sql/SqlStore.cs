namespace Akka.Persistence.Sql;

/// <summary>
/// One database with its writing and its reading thread, shared by journal and snapshot store.
/// </summary>
internal sealed class SqlStore(ISqlDialect dialect) : IDisposable
{
    private readonly SqlWriter _writer = new(dialect);
    private readonly SqlReader _reader = new(dialect);

    public string Location => dialect.Location;

    /// <summary>Part of a write transaction; the task ends when it is on the disk.</summary>
    public Task<T> Write<T>(Func<SqlSession, T> body) => _writer.Do(body);

    public Task Write(Action<SqlSession> body) => _writer.Do(session =>
    {
        body(session);
        return true;
    });

    public Task<T> Read<T>(Func<SqlSession, T> body) => _reader.Do(body);

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
    }
}
