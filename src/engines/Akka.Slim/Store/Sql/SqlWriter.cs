namespace Akka.Store.Sql;

/// <summary>
/// Writes: works that wait together share one transaction, so one sync of the log serves many. Where one of
/// them fails, each gets a transaction of its own.
/// </summary>
internal sealed class SqlWriter<TStatements>(SqlArea<TStatements> area) : SqlRunner<TStatements>(area)
{
    private const int MaximumAttempts = 4;

    public override Exception? Run(IReadOnlyList<SqlWork<TStatements>> works)
    {
        Exception? away = null;
        if (works.Count > 1)
        {
            away = TryBegin();
            if (away is null && TryTogether(works))
            {
                return null;
            }
        }

        foreach (var work in works)
        {
            if (away is null)
            {
                away = RunAlone(work);
            }
            else
            {
                work.Fail(away);
            }
        }

        return away;
    }

    /// <summary>Why no transaction can be had now; null where one has begun.</summary>
    private Exception? TryBegin()
    {
        try
        {
            Connect(forWriting: true).Session.Begin();
            return null;
        }
        catch (Exception cause)
        {
            Disconnect();
            return Explain(cause);
        }
    }

    /// <summary>False where all was rolled back.</summary>
    private bool TryTogether(IReadOnlyList<SqlWork<TStatements>> works)
    {
        try
        {
            RunBodies(works);
        }
        catch (Exception cause)
        {
            Undo(cause);
            return false;
        }

        Commit(works);
        return true;
    }

    /// <summary>Gives why the store cannot be used by the next work either; null where it can.</summary>
    private Exception? RunAlone(SqlWork<TStatements> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            var wasConnected = IsConnected;
            if (TryBegin() is { } away)
            {
                work.Fail(away);
                return away;
            }

            try
            {
                RunBodies([work]);
            }
            catch (Exception cause)
            {
                Undo(cause);
                // A connection left over from before may have died meanwhile; a new one is tried.
                var isStale = wasConnected && IsConnectionError(cause);
                if (attempt < MaximumAttempts && (isStale || IsVictim(cause)))
                {
                    continue;
                }

                var failure = Explain(cause);
                work.Fail(failure);
                return IsConnectionError(cause) ? failure : null;
            }

            Commit([work]);
            return null;
        }
    }

    private void RunBodies(IReadOnlyList<SqlWork<TStatements>> works)
    {
        var (session, statements) = Connect(forWriting: true);
        foreach (var work in works)
        {
            work.Run(statements);
        }

        session.Flush?.Invoke();
    }

    /// <summary>A failure here leaves open whether all was stored, so it is not tried again.</summary>
    private void Commit(IReadOnlyList<SqlWork<TStatements>> works)
    {
        try
        {
            Connect(forWriting: true).Session.Commit();
        }
        catch (Exception cause)
        {
            Disconnect();
            var failure = Explain(cause);
            foreach (var work in works)
            {
                work.Fail(failure);
            }

            return;
        }

        foreach (var work in works)
        {
            work.Succeed();
        }
    }
}
