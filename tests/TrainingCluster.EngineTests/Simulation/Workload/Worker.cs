using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Sharding;
using TrainingCluster.EngineTests.Simulation.World;

namespace TrainingCluster.EngineTests.Simulation.Workload;

/// <summary>A sharded entity: does each job once, however often it is told to.</summary>
internal sealed class Worker(string id, Witness witness) : JobActor(Prefix + id, witness)
{
    public const string TypeName = "worker";

    private const string Prefix = "worker-";
    private const int Workers = 8;

    private readonly HashSet<string> _jobs = [];

    public static IMessageExtractor Extractor { get; } =
        HashCodeMessageExtractor.Create(Workers, static _ => null);

    public static string IdOf(string job) =>
        (job.Sum(static letter => letter) % Workers).ToString(CultureInfo.InvariantCulture);

    public static string PersistenceIdOf(string job) => Prefix + IdOf(job);

    protected override void Handle(object command)
    {
        if (command is not Run { Job: var job })
        {
            return;
        }

        var ledger = Sender;
        if (_jobs.Contains(job))
        {
            ledger.Tell(new Ran(job, Instance));
        }
        else
        {
            Store(new JobRun(job), () => ledger.Tell(new Ran(job, Instance)));
        }
    }

    protected override void Apply(object item)
    {
        if (item is JobRun run)
        {
            _jobs.Add(run.Job);
        }
    }

    protected override void Restore(JobsSnapshot snapshot) =>
        _jobs.UnionWith(snapshot.Jobs.Split(',', StringSplitOptions.RemoveEmptyEntries));

    protected override JobsSnapshot Snapshot() => new(string.Join(',', _jobs));
}
