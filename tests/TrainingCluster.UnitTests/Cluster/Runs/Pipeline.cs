using System.Collections.Immutable;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.UnitTests.Cluster.Runs;

/// <summary>
/// A ledger with one run of the whole pipeline, moved on by the coordinator's own rules as the coordinator
/// does it.
/// </summary>
internal sealed class Pipeline
{
    public static readonly DateTimeOffset Noon = new(2024, 11, 27, 14, 30, 22, TimeSpan.Zero);

    private long _sequenceNumber;

    private Pipeline()
    {
    }

    public RunLedger Ledger { get; private set; } = RunLedger.Empty;

    public RunId Run { get; } = RunId.At(Noon);

    public RunState State => Ledger.Runs[Run];

    public List<NodeOffer> Nodes { get; } = [new("node-a", "/user/a", 2)];

    public static Pipeline Active(string incarnation = "one")
    {
        var pipeline = new Pipeline();
        pipeline.Carry(RunRules.Activate(pipeline.Ledger, incarnation, resumeOnRecovery: false, Noon));
        return pipeline;
    }

    public static Pipeline Submitted(int retryBudget = 2, int slots = 2, params string[] strategies)
    {
        var pipeline = Active();
        pipeline.Nodes[0] = pipeline.Nodes[0] with { Slots = slots };
        pipeline.Carry(new RunDecision(
            [new RunEvents.Submitted(
                pipeline.Run,
                Spec(strategies),
                "key",
                Jobs(strategies.Length == 0 ? ["a", "b", "c"] : strategies),
                [],
                retryBudget,
                Noon)],
            null));
        return pipeline;
    }

    public static RunSpec Spec(params string[] strategies) => new()
    {
        DataName = "sp500",
        Data = Digest.Of("bars"),
        Strategies = [.. strategies],
        Stages = [Stage.CnnLstm, Stage.Agent, Stage.Hybrid, Stage.Ensemble],
        Agents = ["ppo"],
        Budget = BudgetName.Quick,
        Seed = 7,
    };

    public JobState Job(string id) => State.Job(id);

    public string[] With(params JobStatus[] statuses) =>
        [.. State.Jobs.Where(job => statuses.Contains(job.Status)).Select(job => job.Id)];

    public JobAttempt Attempt(string job) => new(Run, job, Job(job).Attempt);

    /// <summary>
    /// As the coordinator does it: consequences and assignments with the decision, then store.
    /// </summary>
    public object? Carry(RunDecision decision)
    {
        var closed = RunConsequences.Close(Ledger, decision, Noon);
        Store(closed.Events);
        Store(RunDispatch.Assign(Ledger, Nodes, Noon));
        return closed.Answer;
    }

    public object? Hear(IAboutAttempt word) => Carry(RunRules.Hear(Ledger, word, Noon));

    public object? Succeed(string job) =>
        Hear(new JobEvents.Succeeded(Attempt(job), Ledger.Fence, Result(job)));

    public object? Fail(string job, string reason = Reasons.Timeout, bool isWorthRepeating = false) =>
        Hear(new JobEvents.Failed(Attempt(job), Ledger.Fence, reason, "because", isWorthRepeating));

    public static JobResult Result(string job) => new(
        VersionId.Parse($"{job}@1.0.0"),
        Digest.Of(job),
        [new ArtifactFile("model", Digest.Of(job + " file"), 3)],
        ImmutableSortedDictionary<string, double>.Empty,
        "ungraded");

    private static ImmutableArray<PlannedJob> Jobs(string[] strategies)
    {
        var jobs = new List<PlannedJob>();
        foreach (var strategy in strategies)
        {
            jobs.Add(Planned($"cnn_lstm/{strategy}", Stage.CnnLstm, strategy));
            jobs.Add(Planned($"ppo/{strategy}", Stage.Agent, strategy, $"cnn_lstm/{strategy}"));
            jobs.Add(Planned(
                $"hybrid/{strategy}", Stage.Hybrid, strategy, $"cnn_lstm/{strategy}", $"ppo/{strategy}"));
        }

        jobs.Add(Planned(
            "ensemble/main", Stage.Ensemble, null, [.. strategies.Select(strategy => $"hybrid/{strategy}")]));
        return [.. jobs];
    }

    private static PlannedJob Planned(string id, Stage stage, string? strategy, params string[] dependsOn) =>
        new(id, stage, strategy, [.. dependsOn], TimeSpan.FromSeconds(300));

    private void Store(ImmutableArray<IRunEvent> events)
    {
        foreach (var happened in events)
        {
            Ledger = Ledger.Apply(happened, ++_sequenceNumber);
        }
    }
}
