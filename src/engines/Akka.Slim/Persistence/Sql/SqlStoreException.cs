namespace Akka.Persistence.Sql;

/// <summary>
/// The store could not be opened, used, or believed; the message says where it is and what is wrong.
/// </summary>
internal class SqlStoreException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// A newer writer has taken over the persistence id; what the older one wanted to store was not stored.
/// </summary>
internal sealed class FencedWriterException(string message) : SqlStoreException(message);

/// <summary>A stored row is not what was written, or cannot be understood.</summary>
internal sealed class CorruptRowException(string message, Exception? cause = null)
    : SqlStoreException(message, cause);
