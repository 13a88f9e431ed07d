using System.Data.Common;

namespace Akka.Persistence.Sql;

/// <summary>What differs between databases; statements and the rules of fences are shared.</summary>
internal interface ISqlDialect
{
    /// <summary>Where the rows are, for messages: a file or a database, never credentials.</summary>
    string Location { get; }

    /// <summary>
    /// Statements that create what is missing; each must do nothing where it has been run before.
    /// </summary>
    IReadOnlyList<string> Schema { get; }

    /// <summary>A connection ready for use. Connections for reading never wait for writers.</summary>
    /// <exception cref="SqlStoreException">
    /// The store cannot be opened; the message says where it is.
    /// </exception>
    DbConnection Open();

    /// <summary>
    /// A transaction that holds the right to write from its start, so it cannot fail half way.
    /// </summary>
    DbTransaction BeginWrite(DbConnection connection);

    /// <summary>True where a row with the same key was there before.</summary>
    bool IsDuplicateKey(DbException error);
}
