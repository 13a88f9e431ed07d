using System.Text;
using Akka.Event;
using TrainingCluster.EngineTests.Simulation.Checks;
using TrainingCluster.EngineTests.Simulation.Model;
using TrainingCluster.EngineTests.Simulation.Time;
using TrainingCluster.EngineTests.Simulation.Workload;

namespace TrainingCluster.EngineTests.Simulation.World;

/// <summary>A cluster of 3 to 7 nodes, its store, its workload and what befalls them, all from one seed.</summary>
internal sealed class SimWorld
{
    private readonly SimOptions _options;
    private readonly SimRandom _random;
    private readonly List<SimNode> _nodes = [];
    private readonly Dictionary<(SimHost Host, string PersistenceId), string> _writers = [];
    private long _instances;
    private ulong _incarnations;

    public SimWorld(int seed, SimOptions options)
    {
        Seed = seed;
        _options = options;
        _random = new SimRandom((ulong)seed);
        Loop = new SimLoop(_random.NextBits()) { AfterStep = () => options.AfterStep(this) };
        Loop.Trace.Listener = options.Trace;
        Store = new SimStore(Loop, new StoreWeather(_random.Fork()))
        {
            OnCommit = Committed,
            PlantInJournal = options.Journal,
            PlantInQueues = options.Queues,
        };
        Checkers = [Alone, Journals, Notes, new AnswersChecker()];
        Places = [.. Enumerable.Range(1, 3 + _random.Below(5)).Select(number => new NodePlace(
            number,
            0.99 + (0.02 * _random.NextDouble()),
            _random.Between(TimeSpan.FromHours(-1), TimeSpan.FromHours(1))))];
        Faults = new FaultPlan(this, _random.Fork());
        if (_random.Chance(0.5))
        {
            Store.Weather.IdleLimit = TimeSpan.FromSeconds(5);
        }
    }

    public int Seed { get; }

    public SimLoop Loop { get; }

    public SimStore Store { get; }

    public FaultPlan Faults { get; }

    public IReadOnlyList<NodePlace> Places { get; }

    public AloneChecker Alone { get; } = new();

    public JournalChecker Journals { get; } = new();

    public NotesChecker Notes { get; } = new();

    public IReadOnlyList<IChecker> Checkers { get; }

    public JobList Jobs { get; } = new();

    public SimCounters Counters { get; } = new();

    /// <summary>The instances that came to their end by themselves.</summary>
    public HashSet<long> StoppedInOrder { get; } = [];

    public bool WantsJobs { get; set; } = true;

    /// <summary>All incarnations there ever were.</summary>
    public IReadOnlyList<SimNode> Nodes => _nodes;

    public IEnumerable<SimNode> Living => _nodes.Where(static node => !node.Host.IsDead);

    public TimeSpan UntilNextJob() => _random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));

    public long NextInstance() => ++_instances;

    public ulong NextIncarnation() => (_random.NextBits() << 32) | ((ulong)Seed << 8) | ++_incarnations;

    public bool IsDead(string place, int incarnation) =>
        _nodes.Exists(node => node.Place.Name == place && node.Incarnation == incarnation && node.Host.IsDead);

    public void StartNode(NodePlace place)
    {
        var node = new SimNode(this, place, 1 + _nodes.Count(earlier => earlier.Place == place));
        _nodes.Add(node);
        Loop.Trace.Add(Loop.Now, node.Host.Name, "starts", "");
        Loop.Post(node.Host, TimeSpan.Zero, () => node.Start(Store.Connect(node.Host)));
    }

    public void Kill(SimNode node)
    {
        Loop.Trace.Add(Loop.Now, node.Host.Name, "killed", "");
        node.Host.Kill();
        Store.Disconnect(node.Host);
    }

    /// <summary>Its actor system has ended in order; the process starts the next one.</summary>
    public void Ended(SimNode node)
    {
        if (node.Host.IsDead)
        {
            return;
        }

        Loop.Trace.Add(Loop.Now, node.Host.Name, "ended", "");
        Kill(node);
        Loop.Post(null, TimeSpan.FromSeconds(1), () => StartNode(node.Place));
    }

    public void Log(string node, LogEvent entry)
    {
        Counters.Add($"log entries: {entry.LogLevel()}");
        if (Loop.Trace.Listener is { } listener)
        {
            listener($"{node} {entry.LogLevel()} {entry.LogSource} {entry.Message} {(entry as Error)?.Cause}");
        }
    }

    public void See(ActorBegins begins)
    {
        var before = Alone.HolderOf(begins.Key);
        See((Observation)begins);
        if (before == 0 || before == begins.Instance)
        {
            return;
        }

        var isPlanned = StoppedInOrder.Contains(before);
        Counters.Add(isPlanned ? "hand-overs" : "take-overs");
        if (!isPlanned && Faults.Leaving > 0)
        {
            Counters.Add("take-overs during a hand-off");
        }
    }

    public void See(Observation observation)
    {
        try
        {
            foreach (var checker in Checkers)
            {
                checker.See(observation);
            }
        }
        catch (ViolationException violation)
        {
            Loop.Fail(violation);
        }
    }

    public void SeeRecovered(SimHost host, string persistenceId) =>
        See(new Recovered(persistenceId, _writers.GetValueOrDefault((host, persistenceId), "nobody")));

    public IReadOnlyList<long> OthersWithRight(string key, long instance) =>
        Loop.Aside<IReadOnlyList<long>>(() =>
            [.. Living.SelectMany(node => node.Witness.AbleToAct(key)).Where(other => other != instance)]);

    private void Committed(SimHost host, IReadOnlyList<object> notes)
    {
        foreach (var note in notes)
        {
            if (Loop.Trace.Listener is { } listener && note is not (EventsStored or FrameStored))
            {
                listener($"{host.Name} committed {note}");
            }

            switch (note)
            {
                case FenceRaised raised:
                    _writers[(host, raised.PersistenceId)] = raised.Writer;
                    See(new FenceWon(raised.PersistenceId, raised.Writer, raised.Epoch));
                    break;
                case EventsStored stored:
                    foreach (var row in stored.Rows)
                    {
                        See(new EventStored(
                            row.PersistenceId,
                            stored.Writer,
                            row.SequenceNr,
                            $"{row.Manifest} {Encoding.UTF8.GetString(row.Message)}"));
                    }

                    break;
            }
        }
    }
}
