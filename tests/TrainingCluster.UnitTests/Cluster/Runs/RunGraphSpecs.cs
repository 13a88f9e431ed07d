using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.UnitTests.Cluster.Runs;

public sealed class RunGraphSpecs
{
    [Fact]
    public void As_many_jobs_run_as_there_are_slots()
    {
        var pipeline = Pipeline.Submitted(slots: 2);

        Assert.Equal(["cnn_lstm/a", "cnn_lstm/b"], pipeline.With(JobStatus.Running));
        Assert.Equal(RunStatus.Running, pipeline.State.Status);
    }

    [Fact]
    public void A_run_without_a_slot_waits()
    {
        var pipeline = Pipeline.Submitted(slots: 0);

        Assert.Equal(RunStatus.Queued, pipeline.State.Status);
        Assert.Empty(pipeline.With(JobStatus.Running));
    }

    [Fact]
    public void A_strategy_goes_on_as_soon_as_its_own_inputs_exist()
    {
        var pipeline = Pipeline.Submitted(slots: 3);

        pipeline.Succeed("cnn_lstm/b");

        Assert.Equal(["cnn_lstm/a", "ppo/b", "cnn_lstm/c"], pipeline.With(JobStatus.Running));
    }

    [Fact]
    public void The_longest_way_to_the_end_gets_the_next_slot()
    {
        var pipeline = Pipeline.Submitted(slots: 2);

        pipeline.Succeed("cnn_lstm/a");

        Assert.Equal(["cnn_lstm/b", "cnn_lstm/c"], pipeline.With(JobStatus.Running));
    }

    [Fact]
    public void The_ensemble_waits_for_every_hybrid()
    {
        var pipeline = Pipeline.Submitted(slots: 9);
        Finish(pipeline, "a", "b");

        pipeline.Succeed("cnn_lstm/c");
        pipeline.Succeed("ppo/c");

        Assert.Equal(["hybrid/c"], pipeline.With(JobStatus.Running));
        Assert.Equal(JobStatus.Queued, pipeline.Job("ensemble/main").Status);
    }

    [Fact]
    public void A_run_succeeds_with_its_last_job()
    {
        var pipeline = Pipeline.Submitted(slots: 9);
        Finish(pipeline, "a", "b", "c");

        pipeline.Succeed("ensemble/main");

        Assert.Equal(RunStatus.Succeeded, pipeline.State.Status);
        Assert.Null(pipeline.State.Reason);
        Assert.Equal(Pipeline.Noon, pipeline.State.EndedAt);
    }

    [Fact]
    public void The_dependants_of_a_failed_job_are_cancelled_and_the_others_go_on()
    {
        var pipeline = Pipeline.Submitted(slots: 9);

        pipeline.Fail("cnn_lstm/a");

        Assert.Equal(["ppo/a", "hybrid/a"], pipeline.With(JobStatus.Cancelled));
        Assert.All(["ppo/a", "hybrid/a"], job =>
            Assert.Equal(Reasons.DependencyFailed, pipeline.Job(job).Reason));
        Assert.Equal(["cnn_lstm/b", "cnn_lstm/c"], pipeline.With(JobStatus.Running));
        Assert.Equal(Reasons.Timeout, pipeline.Job("cnn_lstm/a").Reason);
    }

    [Fact]
    public void An_ensemble_goes_on_with_the_hybrids_that_are_left_and_is_degraded()
    {
        var pipeline = Pipeline.Submitted(slots: 9);
        pipeline.Fail("cnn_lstm/a");
        Finish(pipeline, "b", "c");

        Assert.Equal(["ensemble/main"], pipeline.With(JobStatus.Running));
        pipeline.Succeed("ensemble/main");

        Assert.Equal(JobStatus.Degraded, pipeline.Job("ensemble/main").Status);
        Assert.Equal("made without hybrid/a", pipeline.Job("ensemble/main").Detail);
        Assert.Equal(RunStatus.Degraded, pipeline.State.Status);
        Assert.Equal(Reasons.JobsFailed, pipeline.State.Reason);
        Assert.Contains("cnn_lstm/a failed: timeout", pipeline.State.Detail);
    }

    [Fact]
    public void What_an_ensemble_lacks_is_settled_only_when_all_hybrids_have_ended()
    {
        var pipeline = Pipeline.Submitted(slots: 9);
        pipeline.Fail("cnn_lstm/a");
        pipeline.Fail("cnn_lstm/b");

        Assert.Empty(pipeline.Job("ensemble/main").MissingInputs);
        Finish(pipeline, "c");

        Assert.Equal(["hybrid/a", "hybrid/b"], pipeline.Job("ensemble/main").MissingInputs.ToArray());
        Assert.Equal(JobStatus.Running, pipeline.Job("ensemble/main").Status);
    }

    [Fact]
    public void Without_any_hybrid_there_is_no_ensemble_and_the_run_has_failed()
    {
        var pipeline = Pipeline.Submitted(slots: 9);

        pipeline.Fail("cnn_lstm/a");
        pipeline.Fail("cnn_lstm/b");
        pipeline.Fail("cnn_lstm/c");

        Assert.Equal(JobStatus.Cancelled, pipeline.Job("ensemble/main").Status);
        Assert.Equal(RunStatus.Failed, pipeline.State.Status);
    }

    [Fact]
    public void The_oldest_run_is_served_first_and_slots_are_never_shared()
    {
        var pipeline = Pipeline.Submitted(slots: 1);
        pipeline.Nodes.Add(new NodeOffer("node-b", "/user/b", 3));

        pipeline.Carry(new RunDecision([], null));

        var perNode = pipeline.State.Jobs
            .Where(job => job.Status == JobStatus.Running)
            .GroupBy(job => job.Node)
            .ToDictionary(group => group.Key!, group => group.Count());
        Assert.Equal(1, perNode["node-a"]);
        Assert.Equal(2, perNode["node-b"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Any_order_of_endings_ends_the_run_exactly_once(int seed)
    {
        var random = new Random(seed);
        var pipeline = Pipeline.Submitted(retryBudget: 1, slots: 2);
        for (var step = 0; step < 200 && !pipeline.State.Status.HasEnded(); step++)
        {
            var active = pipeline.With(JobStatus.Running, JobStatus.Recovering);
            Assert.InRange(active.Length, 1, 2);
            var job = active[random.Next(active.Length)];
            _ = random.Next(4) == 0 ? pipeline.Fail(job, Reasons.OutOfMemory, true) : pipeline.Succeed(job);
        }

        Assert.True(pipeline.State.Status.HasEnded());
        Assert.All(pipeline.State.Jobs, job => Assert.True(job.Status.HasEnded()));
    }

    private static void Finish(Pipeline pipeline, params string[] strategies)
    {
        foreach (var strategy in strategies)
        {
            pipeline.Succeed($"cnn_lstm/{strategy}");
            pipeline.Succeed($"ppo/{strategy}");
            pipeline.Succeed($"hybrid/{strategy}");
        }
    }
}
