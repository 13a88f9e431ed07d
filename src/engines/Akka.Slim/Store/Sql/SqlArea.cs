namespace Akka.Store.Sql;

/// <summary>One part of the store: its database, its tables, its statements.</summary>
/// <typeparam name="TStatements">The statements of this part.</typeparam>
internal sealed record SqlArea<TStatements>(
    ISqlDialect Dialect, SqlSchema Schema, Func<SqlSession, TStatements> Bind)
{
    /// <summary>
    /// How long a call may take, waiting for its turn included; null = as long as the database needs.
    /// </summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>How many works may share one commit.</summary>
    public int MaximumBatch { get; init; } = 1;
}
