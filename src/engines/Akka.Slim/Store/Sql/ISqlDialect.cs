using System.Data.Common;
using Akka.Persistence.Sql;

namespace Akka.Store.Sql;

/// <summary>
/// One database as one part of the store uses it, and what differs between databases in statements that are
/// otherwise shared.
/// </summary>
internal interface ISqlDialect
{
    /// <summary>Where the rows are, for messages: a file or a database, never credentials.</summary>
    string Location { get; }

    /// <summary>Ends a SELECT that locks its rows against other transactions; empty where none run.</summary>
    string ForUpdate { get; }

    /// <summary>The same against changes only: several transactions may hold it.</summary>
    string ForShare { get; }

    /// <summary>Gives the next number for a fence.</summary>
    string NextFenceEpoch { get; }

    /// <summary>A connection ready for use, but for its tables.</summary>
    /// <exception cref="DbException">The store cannot be opened.</exception>
    /// <exception cref="SqlStoreException">The store must not be used; the message says why.</exception>
    DbConnection Open(bool forWriting);

    /// <summary>Begins a transaction that has the right to write from its start.</summary>
    DbTransaction BeginWrite(DbConnection connection);

    /// <summary>Lets only one transaction at a time change tables, until it ends.</summary>
    void LockSchema(SqlSession session);

    bool TableExists(SqlSession session, string table);

    /// <summary>
    /// Whether each statement is a round trip to a server, so that inserts are better sent together.
    /// </summary>
    bool IsRemote { get; }

    /// <summary>Stores events, of several ids where they have been put off.</summary>
    void InsertEvents(SqlSession session, IReadOnlyList<SqlRow> rows);

    /// <summary>True where a row with the same key was there before.</summary>
    bool IsDuplicateKey(DbException error);

    /// <summary>True where only the statement failed and the connection is as good as before.</summary>
    bool IsStatementError(DbException error);

    /// <summary>True where the database gave the transaction up for others' sake, as in a deadlock.</summary>
    bool IsVictim(DbException error);

    /// <summary>The failure in words that say where and what to do.</summary>
    SqlStoreException Explain(DbException error);
}
