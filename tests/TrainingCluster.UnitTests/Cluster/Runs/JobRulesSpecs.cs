using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.UnitTests.Cluster.Runs;

public sealed class JobRulesSpecs
{
    private const string Encoder = "cnn_lstm/a";

    [Fact]
    public void A_paused_job_stops_gives_its_slot_to_another_and_goes_on_when_resumed()
    {
        var pipeline = Pipeline.Submitted(slots: 2);

        Ask(pipeline, Encoder, JobAction.Pause);
        Assert.Equal(JobStatus.Running, pipeline.Job(Encoder).Status);
        pipeline.Hear(new JobEvents.Stopped(pipeline.Attempt(Encoder), pipeline.Ledger.Fence, Reasons.Requested));

        Assert.Equal(JobStatus.Paused, pipeline.Job(Encoder).Status);
        Assert.Equal(["cnn_lstm/b", "cnn_lstm/c"], pipeline.With(JobStatus.Running));
        Assert.Equal((1, 0), (pipeline.Job(Encoder).Preemptions, pipeline.Job(Encoder).Failures));

        Ask(pipeline, Encoder, JobAction.Resume);
        Assert.Equal(JobStatus.Queued, pipeline.Job(Encoder).Status);
        pipeline.Succeed("cnn_lstm/b");
        Assert.Contains(Encoder, pipeline.With(JobStatus.Running));
    }

    [Fact]
    public void A_waiting_job_is_paused_at_once_and_its_run_does_not_end_without_it()
    {
        var pipeline = Pipeline.Submitted(slots: 9);
        Ask(pipeline, "ensemble/main", JobAction.Pause);
        foreach (var strategy in new[] { "a", "b", "c" })
        {
            pipeline.Succeed($"cnn_lstm/{strategy}");
            pipeline.Succeed($"ppo/{strategy}");
            pipeline.Succeed($"hybrid/{strategy}");
        }

        Assert.Equal(JobStatus.Paused, pipeline.Job("ensemble/main").Status);
        Assert.Equal(RunStatus.Running, pipeline.State.Status);

        Ask(pipeline, "ensemble/main", JobAction.Resume);
        pipeline.Succeed("ensemble/main");
        Assert.Equal(RunStatus.Succeeded, pipeline.State.Status);
    }

    [Fact]
    public void A_job_that_ends_before_it_could_be_stopped_has_ended()
    {
        var pipeline = Pipeline.Submitted();
        Ask(pipeline, Encoder, JobAction.Pause);

        pipeline.Succeed(Encoder);

        Assert.Equal(JobStatus.Succeeded, pipeline.Job(Encoder).Status);
    }

    [Fact]
    public void A_job_that_is_being_stopped_cannot_be_resumed_before_it_stands()
    {
        var pipeline = Pipeline.Submitted();
        Ask(pipeline, Encoder, JobAction.Pause);

        Assert.Equal(Refusals.WrongState, Refused(pipeline, Encoder, JobAction.Resume));
    }

    [Fact]
    public void A_cancelled_job_takes_its_dependants_along_and_the_ensemble_goes_on_without_it()
    {
        var pipeline = Pipeline.Submitted(slots: 9);

        Ask(pipeline, Encoder, JobAction.Cancel);
        Assert.Equal(["cnn_lstm/a", "ppo/a", "hybrid/a"], pipeline.With(JobStatus.Cancelled));
        Assert.Equal(Reasons.Requested, pipeline.Job(Encoder).Reason);
        Assert.Equal(Reasons.DependencyFailed, pipeline.Job("hybrid/a").Reason);

        foreach (var strategy in new[] { "b", "c" })
        {
            pipeline.Succeed($"cnn_lstm/{strategy}");
            pipeline.Succeed($"ppo/{strategy}");
            pipeline.Succeed($"hybrid/{strategy}");
        }

        pipeline.Succeed("ensemble/main");
        Assert.Equal(RunStatus.Degraded, pipeline.State.Status);
    }

    [Fact]
    public void The_word_of_a_cancelled_job_counts_for_nothing()
    {
        var pipeline = Pipeline.Submitted();
        var attempt = pipeline.Attempt(Encoder);
        Ask(pipeline, Encoder, JobAction.Cancel);

        var answer = pipeline.Hear(new JobEvents.Succeeded(attempt, pipeline.Ledger.Fence, Pipeline.Result(Encoder)));

        Assert.IsType<JobAnswers.Superseded>(answer);
        Assert.Null(pipeline.Job(Encoder).Result);
    }

    [Fact]
    public void A_retried_job_brings_back_what_was_cancelled_because_of_it_and_opens_the_ended_run()
    {
        var pipeline = Pipeline.Submitted(slots: 9);
        pipeline.Fail("cnn_lstm/a");
        pipeline.Fail("cnn_lstm/b");
        pipeline.Fail("cnn_lstm/c");
        Assert.Equal(RunStatus.Failed, pipeline.State.Status);

        Ask(pipeline, Encoder, JobAction.Retry);

        Assert.Equal(RunStatus.Running, pipeline.State.Status);
        Assert.Equal([Encoder], pipeline.With(JobStatus.Running));
        Assert.Equal(["ppo/a", "hybrid/a", "ensemble/main"], pipeline.With(JobStatus.Queued));
        Assert.Equal((2, 0), (pipeline.Job(Encoder).Attempt, pipeline.Job(Encoder).Failures));

        pipeline.Succeed(Encoder);
        pipeline.Succeed("ppo/a");
        pipeline.Succeed("hybrid/a");
        Assert.Equal(["hybrid/b", "hybrid/c"], pipeline.Job("ensemble/main").MissingInputs.ToArray());
        pipeline.Succeed("ensemble/main");
        Assert.Equal(RunStatus.Degraded, pipeline.State.Status);
    }

    [Fact]
    public void A_job_without_its_inputs_cannot_be_tried_again_before_they_are()
    {
        var pipeline = Pipeline.Submitted(slots: 9);
        pipeline.Fail(Encoder);

        Assert.Equal(Refusals.WrongState, Refused(pipeline, "ppo/a", JobAction.Retry));
    }

    [Fact]
    public void A_quarantined_job_is_passed_over_by_a_resumed_run_and_comes_back_by_its_own_retry_alone()
    {
        var pipeline = Pipeline.Submitted(slots: 9);
        Ask(pipeline, Encoder, JobAction.Quarantine);
        pipeline.Fail("cnn_lstm/b");
        pipeline.Fail("cnn_lstm/c");
        Assert.Equal((JobStatus.Failed, Reasons.Quarantined), (pipeline.Job(Encoder).Status, pipeline.Job(Encoder).Reason));
        Assert.Equal(RunStatus.Failed, pipeline.State.Status);

        pipeline.Carry(RunRules.Resume(pipeline.Ledger, pipeline.Run, Pipeline.Noon));
        Assert.Equal(["cnn_lstm/b", "cnn_lstm/c"], pipeline.With(JobStatus.Running));

        Ask(pipeline, Encoder, JobAction.Retry);
        Assert.Contains(Encoder, pipeline.With(JobStatus.Running));
        Assert.False(pipeline.Job(Encoder).IsQuarantined);
    }

    [Fact]
    public void Requests_said_twice_change_nothing_the_second_time()
    {
        foreach (var request in new[] { JobAction.Pause, JobAction.Cancel, JobAction.Quarantine })
        {
            var pipeline = Pipeline.Submitted();
            Ask(pipeline, Encoder, request);

            Assert.Empty(Decide(pipeline, Encoder, request).Events);
        }
    }

    [Fact]
    public void Jobs_and_runs_that_are_not_there_and_jobs_that_have_ended_are_refused_with_a_code()
    {
        var pipeline = Pipeline.Submitted();
        pipeline.Succeed(Encoder);

        Assert.Equal(Refusals.UnknownJob, Refused(pipeline, "cnn_lstm/z", JobAction.Pause));
        Assert.Equal(Refusals.AlreadyEnded, Refused(pipeline, Encoder, JobAction.Pause));
        Assert.Equal(Refusals.AlreadyEnded, Refused(pipeline, Encoder, JobAction.Cancel));
        Assert.Equal(Refusals.AlreadyEnded, Refused(pipeline, Encoder, JobAction.Quarantine));
        Assert.Equal(Refusals.UnknownRun, Assert.IsType<RunAnswers.Refused>(JobRules.Decide(
            pipeline.Ledger,
            new RunCommands.OfJob(RunId.Parse("v_19990101_000000"), Encoder, JobAction.Pause),
            Pipeline.Noon).Answer).Code);
    }

    [Fact]
    public void A_job_is_explained_by_what_it_waits_for()
    {
        var pipeline = Pipeline.Submitted(slots: 1);
        NodeLine[] nodes = [new("node-a", 1, 1)];
        string Why(string job) => string.Join("; ",
            JobExplanation.Of(pipeline.Ledger, pipeline.State, pipeline.Job(job), nodes).Why);

        Assert.Contains("runs on node-a, attempt 1", Why(Encoder));
        Assert.Contains("waits for a slot: 1 of 1 on 1 nodes are busy", Why("cnn_lstm/b"));
        Assert.Contains("results of cnn_lstm/a (running)", Why("ppo/a"));
        Ask(pipeline, "ppo/a", JobAction.Pause);
        Assert.Contains("somebody paused this job", Why("ppo/a"));
        pipeline.Carry(RunRules.Pause(pipeline.Ledger, pipeline.Run, Pipeline.Noon));
        Assert.Contains("its run is paused (requested)", Why("cnn_lstm/b"));
        Assert.Contains("on its way to a checkpoint", Why(Encoder));
    }

    private static void Ask(Pipeline pipeline, string job, JobAction request) =>
        Assert.IsType<RunAnswers.Accepted>(pipeline.Carry(Decide(pipeline, job, request)));

    private static string Refused(Pipeline pipeline, string job, JobAction request) =>
        Assert.IsType<RunAnswers.Refused>(Decide(pipeline, job, request).Answer).Code;

    private static RunDecision Decide(Pipeline pipeline, string job, JobAction request) =>
        JobRules.Decide(pipeline.Ledger, new RunCommands.OfJob(pipeline.Run, job, request), Pipeline.Noon);
}
