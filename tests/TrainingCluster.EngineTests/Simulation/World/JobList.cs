using TrainingCluster.EngineTests.Simulation.Time;

namespace TrainingCluster.EngineTests.Simulation.World;

/// <summary>How far the clients' jobs are, as their clients know it.</summary>
internal sealed class JobList
{
    private readonly Dictionary<string, (SimHost Client, int Stage)> _jobs = [];

    public int Count => _jobs.Count;

    public int CompletedCount => _jobs.Values.Count(static job => job.Stage == 2);

    /// <summary>Jobs whose client lives and does not yet know them done.</summary>
    public IEnumerable<string> Waiting =>
        _jobs.Where(static job => job.Value.Stage < 2 && !job.Value.Client.IsDead).Select(static job => job.Key);

    public IEnumerable<string> AcknowledgedOnes =>
        _jobs.Where(static job => job.Value.Stage > 0).Select(static job => job.Key);

    public void Submitted(SimHost client, string job) => _jobs.Add(job, (client, 0));

    public void Acknowledged(string job) => _jobs[job] = (_jobs[job].Client, 1);

    public void Completed(string job) => _jobs[job] = (_jobs[job].Client, 2);
}
