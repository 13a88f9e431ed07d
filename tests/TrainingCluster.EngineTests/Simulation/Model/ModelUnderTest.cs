using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Store;
using TrainingCluster.EngineTests.Simulation.Time;
using TrainingCluster.EngineTests.Store;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>
/// The simulation's store for the contract's tests, whose threads hand their calls over to the one of its loop.
/// </summary>
internal sealed class ModelUnderTest : IStoreUnderTest
{
    private readonly BlockingCollection<Action> _calls = [];
    private readonly Thread _thread;
    private SimStore? _store;
    private int _hosts;

    public ModelUnderTest()
    {
        _thread = new Thread(Live) { IsBackground = true, Name = "store model" };
        _thread.Start();
    }

    public IStores Open()
    {
        var opened = new TaskCompletionSource<SimStores>();
        _calls.Add(() => opened.SetResult(_store!.Connect(new SimHost(_store.Loop, $"node{++_hosts}"))));
        return new Marshalled(this, opened.Task.GetAwaiter().GetResult());
    }

    public IStoreDriver<IJournalStatements> OpenJournal(IStores stores) =>
        stores.OpenJournal(ConfigurationFactory.Empty, "journal");

    public void Dispose()
    {
        _calls.CompleteAdding();
        _thread.Join();
        _calls.Dispose();
    }

    private void Live()
    {
        var loop = new SimLoop(1);
        _store = new SimStore(loop, new StoreWeather(new SimRandom(1)));
        foreach (var call in _calls.GetConsumingEnumerable())
        {
            call();
            // Calls that are there already come between; the last one's events run to their end.
            do
            {
                loop.RunUntil(loop.Now + TimeSpan.FromMicroseconds(200).Ticks);
            }
            while (_calls.Count == 0 && loop.IsBusy);
        }
    }

    private Task<T> Call<T>(Func<Task<T>> call)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Add(() => _ = Relay(call, answer));
        return answer.Task;
    }

    private static async Task Relay<T>(Func<Task<T>> call, TaskCompletionSource<T> answer)
    {
        try
        {
            answer.SetResult(await call().ConfigureAwait(false));
        }
        catch (Exception cause)
        {
            answer.SetException(cause);
        }
    }

    private sealed class Marshalled(ModelUnderTest owner, SimStores stores) : IStores, IWakeUps
    {
        public IStoreDriver<IMembershipStatements> Membership =>
            new Driver<IMembershipStatements>(owner, stores.Membership);

        public IStoreDriver<IQueueStatements> Queues => new Driver<IQueueStatements>(owner, stores.Queues);

        public IWakeUps WakeUps => this;

        public IStoreDriver<IJournalStatements> OpenJournal(Config plugin, string configPath) =>
            new Driver<IJournalStatements>(owner, stores.Journal);

        public void Release(IStoreDriver<IJournalStatements> journal)
        {
        }

        public void Wake(int uid) => owner._calls.Add(() => stores.Wake(uid));

        public IDisposable Listen(int uid, Action onWake) => owner.Call(() =>
        {
            var listening = stores.Listen(uid, onWake);
            return Task.FromResult<IDisposable>(new Ending(() => owner.Call(() =>
            {
                listening.Dispose();
                return Task.FromResult(true);
            }).GetAwaiter().GetResult()));
        }).GetAwaiter().GetResult();

        public void Dispose()
        {
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private sealed class Driver<TStatements>(ModelUnderTest owner, IStoreDriver<TStatements> inner)
        : IStoreDriver<TStatements>
    {
        public string Location => inner.Location;

        public Task<T> Write<T>(Func<TStatements, ValueTask<T>> body) => owner.Call(() => inner.Write(body));

        public Task<T> Read<T>(Func<TStatements, ValueTask<T>> body) => owner.Call(() => inner.Read(body));

        public void Dispose()
        {
        }
    }
}
