namespace Akka.Store.Sql;

/// <summary>Reads, one after the other, so that a long replay never stands in the way of a write.</summary>
internal sealed class SqlReader<TStatements>(SqlArea<TStatements> area) : SqlRunner<TStatements>(area)
{
    public override Exception? Run(IReadOnlyList<SqlWork<TStatements>> works)
    {
        Exception? away = null;
        foreach (var work in works)
        {
            away = Run(work);
        }

        return away;
    }

    private Exception? Run(SqlWork<TStatements> work)
    {
        while (true)
        {
            var wasConnected = IsConnected;
            SqlSession? session = null;
            var before = 0L;
            try
            {
                (session, var statements) = Connect(forWriting: false);
                before = session.RowsRead;
                work.Run(statements);
            }
            catch (Exception cause)
            {
                Undo(cause);
                // A connection may have died since it was used last. Rows that were seen must not come twice.
                if (wasConnected && IsConnectionError(cause) && session?.RowsRead == before)
                {
                    continue;
                }

                var failure = Explain(cause);
                work.Fail(failure);
                return IsConnectionError(cause) ? failure : null;
            }

            work.Succeed();
            return null;
        }
    }
}
