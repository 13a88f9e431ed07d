using Akka.Configuration;

namespace Akka.Store;

/// <summary>
/// What the nodes of a cluster share. Each part has connections of its own, so that a busy journal holds up
/// neither leases nor messages.
/// </summary>
internal interface IStores : IDisposable
{
    /// <summary>Who is a member, and where shards live. Calls end after the lease's time limit.</summary>
    IStoreDriver<IMembershipStatements> Membership { get; }

    /// <summary>Messages between nodes.</summary>
    IStoreDriver<IQueueStatements> Queues { get; }

    IWakeUps WakeUps { get; }

    /// <summary>
    /// Opens the journal and snapshots that a plugin's settings name, or joins in where they are open.
    /// </summary>
    /// <exception cref="ConfigurationException">
    /// The connection string is missing or the provider unknown.
    /// </exception>
    IStoreDriver<IJournalStatements> OpenJournal(Config plugin, string configPath);

    /// <summary>Closes the journal with its last user; what was handed over is written first.</summary>
    void Release(IStoreDriver<IJournalStatements> journal);
}
