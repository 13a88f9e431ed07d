using Akka.Store;
using TrainingCluster.EngineTests.Simulation.Time;

namespace TrainingCluster.EngineTests.Simulation.Model;

/// <summary>The database of a simulated world.</summary>
internal sealed class SimStore(SimLoop loop, StoreWeather weather)
{
    private readonly List<SimTransaction> _open = [];
    private readonly List<(int Uid, SimHost Host, Action OnWake)> _listeners = [];

    public SimLoop Loop => loop;

    public ModelTables Tables { get; } = new();

    public StoreWeather Weather => weather;

    public StoreCounters Counters { get; } = new();

    /// <summary>Hears of every commit that did something worth a note, at the moment it counts.</summary>
    public Action<SimHost, IReadOnlyList<object>> OnCommit { get; set; } = static (_, _) => { };

    /// <summary>What stands between the engine's statements and the model's.</summary>
    public Func<SimHost, IJournalStatements, IJournalStatements> PlantInJournal { get; init; } =
        static (_, statements) => statements;

    public Func<SimHost, IQueueStatements, IQueueStatements> PlantInQueues { get; init; } =
        static (_, statements) => statements;

    public SimStores Connect(SimHost host) => new(this, host);

    /// <summary>The host is dead: its connections break.</summary>
    public void Disconnect(SimHost host)
    {
        _listeners.RemoveAll(listener => listener.Host == host);
        foreach (var transaction in _open.Where(transaction => transaction.Host == host).ToArray())
        {
            transaction.LoseConnection();
        }
    }

    internal void Trace(SimHost host, string area, string what) => loop.Trace.Add(loop.Now, host.Name, area, what);

    internal void Opened(SimTransaction transaction)
    {
        _open.RemoveAll(static earlier => !earlier.IsOpen);
        _open.Add(transaction);
    }

    internal void Committed(SimTransaction transaction)
    {
        Counters.Commits++;
        if (transaction.Notes.Count > 0)
        {
            OnCommit(transaction.Host, transaction.Notes);
        }
    }

    internal void Wake(SimHost from, int uid)
    {
        foreach (var (to, host, onWake) in _listeners)
        {
            foreach (var delay in uid == to ? weather.WakeUps(from, host) : [])
            {
                loop.Post(host, delay, onWake);
            }
        }
    }

    internal IDisposable Listen(SimHost host, int uid, Action onWake)
    {
        var listener = (uid, host, onWake);
        _listeners.Add(listener);
        return new Ending(() => _listeners.Remove(listener));
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
