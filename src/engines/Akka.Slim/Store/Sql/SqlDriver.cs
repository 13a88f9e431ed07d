using Akka.Persistence.Sql;

namespace Akka.Store.Sql;

/// <summary>Transactions on a database: one thread and connection to write, one of each to read.</summary>
internal sealed class SqlDriver<TStatements>(SqlArea<TStatements> area, TimeProvider clock)
    : IStoreDriver<TStatements>
{
    private readonly SqlThread<TStatements> _writer = new(
        $"store writer {area.Dialect.Location}",
        area.Dialect.Location,
        clock,
        new SqlWriter<TStatements>(area),
        area.MaximumBatch);

    private readonly SqlThread<TStatements> _reader = new(
        $"store reader {area.Dialect.Location}",
        area.Dialect.Location,
        clock,
        new SqlReader<TStatements>(area),
        maximumBatch: 1);

    public string Location => area.Dialect.Location;

    public Task<T> Write<T>(Func<TStatements, ValueTask<T>> body) => Do(_writer, body);

    public Task<T> Read<T>(Func<TStatements, ValueTask<T>> body) => Do(_reader, body);

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
    }

    private Task<T> Do<T>(SqlThread<TStatements> thread, Func<TStatements, ValueTask<T>> body)
    {
        var work = new SqlWork<TStatements, T>(body) { Deadline = Deadline() };
        thread.Do(work);
        return area.Limit is { } limit ? WithLimit(work.Task, limit) : work.Task;
    }

    private long Deadline() =>
        area.Limit is { } limit
            ? clock.GetTimestamp() + (long)(limit.TotalSeconds * clock.TimestampFrequency)
            : long.MaxValue;

    private async Task<T> WithLimit<T>(Task<T> task, TimeSpan limit)
    {
        try
        {
            return await task.WaitAsync(limit, clock).ConfigureAwait(false);
        }
        catch (TimeoutException cause)
        {
            throw new SqlStoreException(
                $"The store {Location} has not answered within {limit.TotalSeconds:0.###} s; whether it did "
                + "what it was asked is unknown.",
                cause);
        }
    }
}
