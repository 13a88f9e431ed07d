using System.Collections.Immutable;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.FaultTests.Product;

/// <summary>The checker finds what is wrong with journals that were spoilt on purpose.</summary>
public sealed class RunCheckerSpecs
{
    private const string Job = "cnn_lstm/macd_momentum";
    private static readonly DateTimeOffset At = new(2024, 11, 27, 14, 30, 22, TimeSpan.Zero);
    private static readonly RunId Run = RunId.At(At);
    private static readonly RunEvents.Activated First = new("one", At);

    private static readonly JobResult Result = new(
        VersionId.Parse($"{Job}@1.0.0"), Digest.Of("v"), [], ImmutableSortedDictionary<string, double>.Empty, "A");

    [Fact]
    public void A_job_that_was_preempted_and_then_failed_for_good_is_well() =>
        Assert.Empty(Check(First, Assigned(1), new RunEvents.JobPreempted(Run, Job, 1, Reasons.NodeLost, At),
            Assigned(2), new RunEvents.JobFailed(Run, Job, 2, Reasons.Timeout, "late", true, At)));

    [Fact]
    public void A_job_given_to_two_nodes_at_once_is_found() =>
        Assert.Contains("while attempt 1 was under way", Assert.Single(Check(First, Assigned(1), Assigned(2))));

    [Fact]
    public void A_result_of_an_attempt_that_was_given_up_is_found() =>
        Assert.Contains(
            Check(First, Assigned(1), new RunEvents.JobPreempted(Run, Job, 1, Reasons.NodeLost, At), Assigned(2),
                new RunEvents.JobSucceeded(Run, Job, 1, Result, At)),
            violation => violation.Contains("attempt 1 at job", StringComparison.Ordinal));

    [Fact]
    public void An_assignment_under_an_old_number_is_found() =>
        Assert.Contains("under fence 1 while 2", Assert.Single(Check(First, First, Assigned(1))));

    [Fact]
    public void A_result_that_is_not_registered_is_found() =>
        Assert.Contains("not registered", Assert.Single(
            Check(First, Assigned(1), new RunEvents.JobSucceeded(Run, Job, 1, Result, At))));

    [Fact]
    public void A_job_that_goes_on_after_its_end_is_found() =>
        Assert.Contains("after its end", Assert.Single(Check(First, Assigned(1),
            new RunEvents.JobFailed(Run, Job, 1, Reasons.Timeout, "late", true, At), Assigned(2))));

    [Fact]
    public void A_gap_in_the_attempts_is_found() =>
        Assert.Contains("attempt 3 after attempt 1", Assert.Single(Check(First, Assigned(1),
            new RunEvents.JobPreempted(Run, Job, 1, Reasons.NodeLost, At), Assigned(3))));

    [Fact]
    public void A_version_and_a_job_that_were_registered_twice_are_found()
    {
        var registered = RegistryState.Empty.Decide(new RegisterVersion
        {
            Model = ModelName.Parse(Job),
            Files = [new ArtifactFile("model", Digest.Of("m"), 1)],
            Lineage = new Lineage(Digest.Of("bars"), "market", []),
            RunId = Run.Text,
            JobId = Job,
            SpecDigest = Digest.Of("s"),
            RecipeDigest = Digest.Of("r"),
            SignatureDigest = Digest.Of("i"),
            CreatedAt = At,
            Seed = new Seed(7),
            Metrics = ImmutableSortedDictionary<string, double>.Empty,
        }).Events.OfType<VersionRegistered>().Single();

        var found = RunChecker.Violations([], [registered, registered]);

        Assert.Equal(2, found.Count);
        Assert.All(found, violation => Assert.Contains("2 times", violation));
        Assert.Empty(RunChecker.Violations([], [registered]));
    }

    private static RunEvents.JobAssigned Assigned(int attempt) => new(Run, Job, attempt, "node", 1, At);

    private static IReadOnlyList<string> Check(params object[] runs) => RunChecker.Violations(runs, []);
}
