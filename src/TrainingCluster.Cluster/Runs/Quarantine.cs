using System.Globalization;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Nodes;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.Cluster.Workers;
using TrainingCluster.Training.Checkpoints;

namespace TrainingCluster.Cluster.Runs;

/// <summary>
/// What is needed to see again why a job could not be done: <c>quarantine/RUN/JOB/</c> with <c>job.json</c> (the order
/// as its worker gets it: specification, seed, inputs, recovery plan), <c>checkpoint</c> (the newest, where there is
/// one), <c>log.txt</c> (every failed attempt with its reason) and <c>README.txt</c>.
/// </summary>
/// <param name="folder">Of all quarantined jobs; made when it is needed.</param>
/// <param name="checkpoints">Of all nodes.</param>
internal sealed class Quarantine(string folder, ICheckpointStore checkpoints)
{
    /// <summary>Where the job's files lie.</summary>
    public string PathOf(RunId run, string job) =>
        Path.Combine(folder, run.Text, job.Replace('/', '_'));

    /// <summary>Writes the folder, over an older one of the same job; it appears as a whole.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Put(RunState run, JobState job, long fence)
    {
        var start = StartOrders.Of(run, job, fence, "");
        var order = new WorkerCommands.Start(
            start.Attempt, fence, start.Spec, start.Strategies, start.Inputs, start.Recovery);
        var target = PathOf(run.Id, job.Id);
        var aside = target + ".new";
        if (Directory.Exists(aside))
        {
            Directory.Delete(aside, recursive: true);
        }

        Directory.CreateDirectory(aside);
        File.WriteAllBytes(Path.Combine(aside, "job.json"), WireContracts.Write(order));
        File.WriteAllLines(Path.Combine(aside, "log.txt"), job.FailureNotes);
        if (Checkpoint(order) is { } checkpoint)
        {
            File.WriteAllBytes(Path.Combine(aside, "checkpoint"), checkpoint.Span);
        }

        File.WriteAllText(Path.Combine(aside, "README.txt"), Explanation(run, job));
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        Directory.Move(aside, target);
    }

    private ReadOnlyMemory<byte>? Checkpoint(WorkerCommands.Start order)
    {
        var plan = JobPlan.Of(WorkOrder.Of(order));
        return new RunCheckpoints(checkpoints, order.Attempt).LoadLatest(plan.Spec.SpecDigest(plan.Inputs).Hex);
    }

    private static string Explanation(RunState run, JobState job) => string.Create(CultureInfo.InvariantCulture,
        $"""
        The job {job.Id} of run {run.Id} was given up after {job.Failures} failed attempts: {job.Reason}.
        {job.Detail}

        job.json     what a worker was told: the specification with seed {run.Spec.Seed}, the inputs, the recovery plan
        checkpoint   the state it would go on from; missing where it never got that far
        log.txt      each failed attempt: when, where, why

        The bars are the artifact {run.Spec.Data}; inputs are artifacts by their digests.
        To try it again with a whole budget: trainctl jobs retry {run.Id} {job.Id}

        """);
}
