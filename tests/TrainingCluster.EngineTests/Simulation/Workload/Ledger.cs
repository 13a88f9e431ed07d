using Akka.Actor;
using Akka.Cluster.Sharding;
using TrainingCluster.EngineTests.Simulation.World;

namespace TrainingCluster.EngineTests.Simulation.Workload;

/// <summary>The singleton: takes jobs on and has workers do them until each has been done.</summary>
internal sealed class Ledger(Witness witness, Func<IActorRef> workers) : JobActor(Id, witness), IWithTimers
{
    public const string Id = "ledger";

    private const int OpenAtATime = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly HashSet<string> _done = [];
    private readonly SortedSet<string> _open = new(StringComparer.Ordinal);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void Ready() => Timers.StartPeriodicTimer("push", Push.Instance, TimeSpan.Zero, Interval);

    protected override void Handle(object command)
    {
        var client = Sender;
        switch (command)
        {
            case Submit { Job: var job } when Knows(job):
                client.Tell(new Accepted(job, Instance));
                break;
            case Submit { Job: var job }:
                Store(new JobAccepted(job), () =>
                {
                    client.Tell(new Accepted(job, Instance));
                    Start(job);
                });
                break;
            case AskProgress { Job: var job }:
                client.Tell(new Progress(job, _done.Contains(job), Instance));
                break;
            case Ran { Job: var job } when _open.Contains(job):
                Store(new JobCompleted(job), static () => { });
                break;
            case Push:
                foreach (var job in _open.Take(OpenAtATime))
                {
                    Start(job);
                }

                break;
        }
    }

    protected override void Apply(object item)
    {
        switch (item)
        {
            case JobAccepted accepted:
                _open.Add(accepted.Job);
                break;
            case JobCompleted completed:
                _open.Remove(completed.Job);
                _done.Add(completed.Job);
                break;
        }
    }

    protected override void Restore(JobsSnapshot snapshot)
    {
        var parts = snapshot.Jobs.Split('|');
        _open.UnionWith(parts[0].Split(',', StringSplitOptions.RemoveEmptyEntries));
        _done.UnionWith(parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    protected override JobsSnapshot Snapshot() => new($"{string.Join(',', _open)}|{string.Join(',', _done)}");

    private bool Knows(string job) => _open.Contains(job) || _done.Contains(job);

    private void Start(string job) =>
        workers().Tell(new ShardingEnvelope(Worker.IdOf(job), new Run(job)), Self);

    private sealed class Push
    {
        public static Push Instance { get; } = new();
    }
}
