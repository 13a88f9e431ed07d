using Akka.Store;

namespace TrainingCluster.EngineTests.Store;

/// <summary>A store that several nodes open, as the contract's tests need it.</summary>
internal interface IStoreUnderTest : IDisposable
{
    /// <summary>Another node's view of the same store, with connections of its own.</summary>
    IStores Open();

    /// <summary>Another node's view of the same journal.</summary>
    IStoreDriver<IJournalStatements> OpenJournal(IStores stores);
}
