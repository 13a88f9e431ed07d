using Akka.Cluster;
using Akka.Store;

namespace TrainingCluster.EngineTests.Store;

/// <summary>
/// What every store does, whatever carries it out; derived once for each kind of store. Each test has a store
/// of its own with two nodes on it.
/// </summary>
public abstract partial class StoreContractSpecs : IDisposable
{
    private readonly IStoreUnderTest _store;
    private readonly IStores _one;
    private readonly IStores _two;

    private protected StoreContractSpecs(IStoreUnderTest store)
    {
        _store = store;
        _one = store.Open();
        _two = store.Open();
    }

    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    private static MemberRow NewMember(int uid, string address = "akka://c@a:1") =>
        new(
            uid, address, "trainer,web", "1.2.3", MemberStatus.Joining, JoinEpoch: uid,
            UpNumber: int.MaxValue, Lease: 1, Host: "host", ProcessId: 4711, ProcessStarted: 1L << 40);

    /// <summary>Many at once, from both nodes in turn.</summary>
    private Task<T[]> InParallel<T>(int count, Func<IStores, int, Task<T>> call) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => call(i % 2 == 0 ? _one : _two, i)));
}
