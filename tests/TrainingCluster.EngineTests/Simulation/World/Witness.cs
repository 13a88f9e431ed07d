using Akka.Cluster.Membership;
using TrainingCluster.EngineTests.Simulation.Checks;
using TrainingCluster.EngineTests.Simulation.Time;
using TrainingCluster.EngineTests.Simulation.Workload;

namespace TrainingCluster.EngineTests.Simulation.World;

/// <summary>
/// Through it the workload of one incarnation tells the world what it does. What a killed process still has on its
/// stack tells nothing any more.
/// </summary>
internal sealed class Witness(SimWorld world, SimHost host)
{
    private readonly Dictionary<long, string> _instances = [];

    public string Name => host.Name;

    public SimHost Host => host;

    public int Uid { get; set; }

    public ActingRight? Right { get; set; }

    public bool WantsJobs => world.WantsJobs;

    /// <summary>Whom this incarnation watches, by uid, and whose end it has seen.</summary>
    public SortedDictionary<int, int> Watched { get; } = [];

    public SortedDictionary<int, long> Sent { get; } = [];

    public long LastTidings { get; private set; }

    public TimeSpan UntilNextJob() => world.UntilNextJob();

    public long Created(string key)
    {
        var instance = world.NextInstance();
        _instances.Add(instance, key);
        world.Loop.Trace.Add(world.Loop.Now, Name, "created", key, instance);
        return instance;
    }

    public void Stopped(string key, long instance)
    {
        if (host.IsActing)
        {
            _instances.Remove(instance);
            world.Loop.Trace.Add(world.Loop.Now, Name, "stopped", key, instance);
        }
    }

    public void Begins(string key, long instance)
    {
        // A process that was frozen after it had asked for its right goes on with that one message.
        if (host.IsActing && !world.Loop.IsLate)
        {
            world.Loop.Trace.Add(world.Loop.Now, Name, "begins", key, instance);
            world.See(new ActorBegins(key, instance, world.OthersWithRight(key, instance)));
        }
    }

    public void Recovered(string persistenceId, long instance)
    {
        if (host.IsActing)
        {
            world.SeeRecovered(host, persistenceId);
        }
    }

    public void Submitted(string job)
    {
        if (host.IsActing)
        {
            world.Jobs.Submitted(host, job);
        }
    }

    public void Acknowledged(string job, long instance)
    {
        if (host.IsActing)
        {
            world.See(new AnswerTaken(Name, Ledger.Id, instance));
            world.See(new EventAcknowledged(Ledger.Id, JobText.Accepted(job)));
            world.Jobs.Acknowledged(job);
        }
    }

    public void Completed(string job, long instance)
    {
        if (host.IsActing)
        {
            world.See(new AnswerTaken(Name, Ledger.Id, instance));
            world.See(new EventAcknowledged(Ledger.Id, JobText.Completed(job)));
            world.See(new EventAcknowledged(Worker.PersistenceIdOf(job), JobText.Run(job)));
            world.Jobs.Completed(job);
        }
    }

    public void Sends(Note note) => Sent[note.ToUid] = note.Number;

    public void Hears(Note note)
    {
        if (host.IsActing && note.ToUid == Uid)
        {
            world.See(new NoteHeard(note.FromUid, note.ToUid, note.Number));
        }
    }

    public void Hears(Tidings tidings) => LastTidings = Math.Max(LastTidings, tidings.Number);

    public void Watches(int uid)
    {
        world.Loop.Trace.Add(world.Loop.Now, Name, "watches", "", uid);
        Watched.TryAdd(uid, 0);
    }

    public void SawEnd(int uid)
    {
        if (host.IsActing)
        {
            world.Loop.Trace.Add(world.Loop.Now, Name, "saw the end of", "", uid);
            Watched[uid]++;
        }
    }

    /// <summary>Instances of the key that have not ended here, where this node may act.</summary>
    public IEnumerable<long> AbleToAct(string key) =>
        Right is { MayAct: true }
            ? _instances.Where(instance => instance.Value == key).Select(static instance => instance.Key)
            : [];
}
