using Akka.Persistence.Sql;
using Akka.Store.Sql;
using Akka.Store.Sql.Sqlite;

namespace TrainingCluster.EngineTests.Store;

/// <summary>What becomes of a driver's connection when a transaction fails.</summary>
public sealed class SqlDriverSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("driver-").FullName;
    private readonly SqlDriver<SqlSession> _driver;
    private int _connections;

    public SqlDriverSpecs() => _driver = new SqlDriver<SqlSession>(
        new SqlArea<SqlSession>(
            new SqliteDialect(
                $"Data Source={Path.Combine(_folder, "file.db")}",
                TimeSpan.FromSeconds(1),
                isDurable: false,
                FileSystems.OfThisMachine),
            new SqlSchema("driver", [new SqlMigration(1, "CREATE TABLE thing (id INTEGER)")]),
            session =>
            {
                Interlocked.Increment(ref _connections);
                return session;
            }),
        TimeProvider.System);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_fails_in_a_way_unheard_of_is_given_up(bool isWrite)
    {
        await Do(isWrite, _ => 1);

        // What Npgsql has been seen to throw, again and again, from a connection that the server had ended.
        var failure = await Assert.ThrowsAsync<SqlStoreException>(
            () => Do(isWrite, _ => throw new ObjectDisposedException("connection")));
        var before = _connections;

        Assert.Equal(2, await Do(isWrite, _ => 2));
        Assert.Equal(before + 1, _connections);
        Assert.Contains("file.db cannot be used: ", failure.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_is_kept_when_a_transaction_refuses_its_work(bool isWrite)
    {
        await Do(isWrite, _ => 1);
        await Assert.ThrowsAsync<FencedWriterException>(
            () => Do(isWrite, _ => throw new FencedWriterException("overtaken")));

        Assert.Equal(2, await Do(isWrite, _ => 2));
        Assert.Equal(1, _connections);
    }

    public void Dispose()
    {
        _driver.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<int> Do(bool isWrite, Func<SqlSession, int> body) => isWrite
        ? _driver.Write(session => new ValueTask<int>(body(session)))
        : _driver.Read(session => new ValueTask<int>(body(session)));
}
