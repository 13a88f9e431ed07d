using System.Collections.Immutable;
using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.UnitTests.Cluster.Runs;

public sealed class RunRulesSpecs
{
    private const string Job = "cnn_lstm/a";

    [Fact]
    public void A_result_under_an_older_fencing_number_counts_for_nothing()
    {
        var pipeline = Pipeline.Submitted();
        var old = new JobEvents.Succeeded(pipeline.Attempt(Job), pipeline.Ledger.Fence, Pipeline.Result(Job));
        pipeline.Carry(RunRules.Activate(pipeline.Ledger, "one", false, Pipeline.Noon));

        var answer = pipeline.Hear(old);

        Assert.Equal(new JobAnswers.Superseded(old.Attempt, pipeline.Ledger.Fence), answer);
        Assert.Equal(JobStatus.Running, pipeline.Job(Job).Status);
    }

    [Fact]
    public void A_result_of_an_earlier_attempt_counts_for_nothing()
    {
        var pipeline = Pipeline.Submitted();
        var first = pipeline.Attempt(Job);
        pipeline.Fail(Job, Reasons.OutOfMemory, isWorthRepeating: true);

        var answer =
            pipeline.Hear(new JobEvents.Succeeded(first, pipeline.Ledger.Fence, Pipeline.Result(Job)));

        Assert.IsType<JobAnswers.Superseded>(answer);
        Assert.Equal(2, pipeline.Job(Job).Attempt);
        Assert.Null(pipeline.Job(Job).Result);
    }

    [Fact]
    public void A_result_told_twice_is_recorded_once_and_answered_twice()
    {
        var pipeline = Pipeline.Submitted();
        var word =
            new JobEvents.Succeeded(pipeline.Attempt(Job), pipeline.Ledger.Fence, Pipeline.Result(Job));

        Assert.IsType<JobAnswers.Recorded>(pipeline.Hear(word));

        Assert.Empty(RunRules.Hear(pipeline.Ledger, word, Pipeline.Noon).Events);
        Assert.IsType<JobAnswers.Recorded>(pipeline.Hear(word));
    }

    [Fact]
    public void Each_activation_raises_the_fencing_number()
    {
        var pipeline = Pipeline.Active();
        var first = pipeline.Ledger.Fence;

        pipeline.Carry(RunRules.Activate(pipeline.Ledger, "one", false, Pipeline.Noon));

        Assert.True(pipeline.Ledger.Fence > first);
    }

    [Fact]
    public void A_failure_is_repeated_within_the_budget_and_final_after_it()
    {
        var pipeline = Pipeline.Submitted(retryBudget: 2);

        pipeline.Fail(Job, Reasons.OutOfMemory, isWorthRepeating: true);
        pipeline.Fail(Job, Reasons.OutOfMemory, isWorthRepeating: true);
        Assert.Equal(3, pipeline.Job(Job).Attempt);
        pipeline.Fail(Job, Reasons.OutOfMemory, isWorthRepeating: true);

        Assert.Equal(JobStatus.Failed, pipeline.Job(Job).Status);
        Assert.Equal(3, pipeline.Job(Job).Failures);
    }

    [Fact]
    public void Interruptions_do_not_use_up_the_budget()
    {
        var pipeline = Pipeline.Submitted(retryBudget: 0);

        for (var i = 0; i < 5; i++)
        {
            pipeline.Carry(RunRules.LoseNode(pipeline.Ledger, "node-a", Pipeline.Noon));
        }

        Assert.Equal(6, pipeline.Job(Job).Attempt);
        Assert.Equal(0, pipeline.Job(Job).Failures);
        Assert.Equal(JobStatus.Running, pipeline.Job(Job).Status);
    }

    [Fact]
    public void A_plan_of_recovery_outlives_the_attempt()
    {
        var pipeline = Pipeline.Submitted();
        var plan = RecoveryPlan.None.Next(new NumericalInstabilityException(17, "loss"));

        pipeline.Hear(
            new JobEvents.Recovering(pipeline.Attempt(Job), pipeline.Ledger.Fence, plan, "loss", 17));
        Assert.Equal(JobStatus.Recovering, pipeline.Job(Job).Status);
        pipeline.Carry(RunRules.LoseNode(pipeline.Ledger, "node-a", Pipeline.Noon));

        Assert.Equal(plan, pipeline.Job(Job).Recovery);
        Assert.Equal(plan, StartOrders.Of(pipeline.State, pipeline.Job(Job), 1, "/user/a").Recovery);
    }

    [Fact]
    public void A_paused_run_stands_still_and_goes_on_when_resumed()
    {
        var pipeline = Pipeline.Submitted();

        pipeline.Carry(RunRules.Pause(pipeline.Ledger, pipeline.Run, Pipeline.Noon));
        foreach (var job in pipeline.With(JobStatus.Running))
        {
            pipeline.Hear(
                new JobEvents.Stopped(pipeline.Attempt(job), pipeline.Ledger.Fence, Reasons.Requested));
        }

        Assert.Equal(RunStatus.Paused, pipeline.State.Status);
        Assert.Empty(pipeline.With(JobStatus.Running));

        pipeline.Carry(RunRules.Resume(pipeline.Ledger, pipeline.Run, Pipeline.Noon));

        Assert.Equal(["cnn_lstm/a", "cnn_lstm/b"], pipeline.With(JobStatus.Running));
        Assert.Equal(2, pipeline.Job(Job).Attempt);
    }

    [Fact]
    public void Runs_of_another_process_wait_to_be_resumed_and_keep_what_is_done()
    {
        var pipeline = Pipeline.Submitted();
        pipeline.Succeed(Job);

        pipeline.Carry(RunRules.Activate(pipeline.Ledger, "two", resumeOnRecovery: false, Pipeline.Noon));

        Assert.Equal(RunStatus.Interrupted, pipeline.State.Status);
        Assert.Equal(Reasons.ProcessEnded, pipeline.State.Reason);
        Assert.Empty(pipeline.With(JobStatus.Running));

        pipeline.Carry(RunRules.Resume(pipeline.Ledger, pipeline.Run, Pipeline.Noon));

        Assert.Equal(JobStatus.Succeeded, pipeline.Job(Job).Status);
        Assert.Equal(1, pipeline.Job(Job).Attempt);
        Assert.Equal(RunStatus.Running, pipeline.State.Status);
    }

    [Theory]
    [InlineData("one", false)]
    [InlineData("two", true)]
    public void Runs_go_on_under_a_new_coordinator_of_the_same_process_or_when_told_to(
        string incarnation, bool resumeOnRecovery)
    {
        var pipeline = Pipeline.Submitted();

        pipeline.Carry(RunRules.Activate(pipeline.Ledger, incarnation, resumeOnRecovery, Pipeline.Noon));

        Assert.Equal(RunStatus.Running, pipeline.State.Status);
        Assert.Equal(["cnn_lstm/a", "cnn_lstm/b"], pipeline.With(JobStatus.Running));
        Assert.Equal(1, pipeline.Job(Job).Attempt);
    }

    [Fact]
    public void Cancelling_ends_every_job_that_had_not_ended()
    {
        var pipeline = Pipeline.Submitted();
        pipeline.Succeed(Job);

        pipeline.Carry(RunRules.Cancel(pipeline.Ledger, pipeline.Run, Pipeline.Noon));

        Assert.Equal(RunStatus.Cancelled, pipeline.State.Status);
        Assert.Equal([Job], pipeline.With(JobStatus.Succeeded));
        Assert.Equal(9, pipeline.With(JobStatus.Cancelled).Length);
    }

    [Fact]
    public void A_failed_run_can_try_again_what_has_no_result()
    {
        var pipeline = Pipeline.Submitted(slots: 9);
        pipeline.Succeed("cnn_lstm/b");
        pipeline.Fail("cnn_lstm/a");
        pipeline.Fail("cnn_lstm/c");
        pipeline.Fail("ppo/b");
        Assert.Equal(RunStatus.Failed, pipeline.State.Status);

        pipeline.Carry(RunRules.Resume(pipeline.Ledger, pipeline.Run, Pipeline.Noon));

        Assert.Equal(["cnn_lstm/a", "ppo/b", "cnn_lstm/c"], pipeline.With(JobStatus.Running));
        Assert.Equal(0, pipeline.Job("ppo/b").Failures);
        Assert.Equal(JobStatus.Succeeded, pipeline.Job("cnn_lstm/b").Status);
    }

    [Fact]
    public void Commands_to_unknown_or_ended_runs_are_refused_with_a_code()
    {
        var pipeline = Pipeline.Submitted();
        var unknown = RunId.Parse("v_19990101_000000");
        pipeline.Carry(RunRules.Cancel(pipeline.Ledger, pipeline.Run, Pipeline.Noon));

        Assert.Equal("unknown_run", Code(RunRules.Pause(pipeline.Ledger, unknown, Pipeline.Noon)));
        Assert.Equal("unknown_run", Code(RunRules.Resume(pipeline.Ledger, unknown, Pipeline.Noon)));
        Assert.Equal("unknown_run", Code(RunRules.Cancel(pipeline.Ledger, unknown, Pipeline.Noon)));
        Assert.Equal("already_ended", Code(RunRules.Pause(pipeline.Ledger, pipeline.Run, Pipeline.Noon)));
    }

    [Fact]
    public void Commands_said_twice_change_nothing_the_second_time()
    {
        var pipeline = Pipeline.Submitted();
        pipeline.Carry(RunRules.Pause(pipeline.Ledger, pipeline.Run, Pipeline.Noon));

        Assert.Empty(RunRules.Pause(pipeline.Ledger, pipeline.Run, Pipeline.Noon).Events);
        pipeline.Carry(RunRules.Resume(pipeline.Ledger, pipeline.Run, Pipeline.Noon));
        Assert.Empty(RunRules.Resume(pipeline.Ledger, pipeline.Run, Pipeline.Noon).Events);
        pipeline.Carry(RunRules.Cancel(pipeline.Ledger, pipeline.Run, Pipeline.Noon));
        Assert.Empty(RunRules.Cancel(pipeline.Ledger, pipeline.Run, Pipeline.Noon).Events);
    }

    [Fact]
    public void The_same_submission_is_the_same_run()
    {
        var pipeline = Pipeline.Submitted();

        var again = RunRules.Submit(
            pipeline.Ledger, new RunCommands.Submit("key", Pipeline.Spec(), []), CoordinatorLimits.Default, Pipeline.Noon);

        Assert.Empty(again.Events);
        Assert.Equal(new RunAnswers.Accepted(pipeline.Run), again.Answer);
    }

    [Fact]
    public void Runs_of_one_second_get_different_names()
    {
        var pipeline = Pipeline.Submitted();

        var next = RunRules.Submit(
            pipeline.Ledger,
            new RunCommands.Submit("other key", Pipeline.Spec("macd_momentum"), []),
            CoordinatorLimits.Default,
            Pipeline.Noon);

        Assert.Equal("v_20241127_143022_2", Assert.IsType<RunAnswers.Accepted>(next.Answer).Run.Text);
    }

    [Fact]
    public void An_invalid_specification_is_refused_with_all_its_mistakes()
    {
        var decision = RunRules.Submit(
            RunLedger.Empty,
            new RunCommands.Submit("key", Pipeline.Spec("moon_phase") with { FeeRatio = -1 }, []),
            CoordinatorLimits.Default,
            Pipeline.Noon);

        var refused = Assert.IsType<RunAnswers.Refused>(decision.Answer);
        Assert.Equal("invalid_spec", refused.Code);
        Assert.Contains("moon_phase", refused.Text);
        Assert.Contains("fee ratio", refused.Text);
    }

    [Fact]
    public void A_job_begins_with_the_files_and_versions_of_those_it_depends_on()
    {
        var pipeline = Pipeline.Submitted();
        pipeline.Succeed(Job);

        var order = StartOrders.Of(pipeline.State, pipeline.Job("ppo/a"), 5, "/user/a");

        Assert.Equal("encoder", Assert.Single(order.Inputs).Role);
        Assert.Equal("cnn_lstm/a@1.0.0", Assert.Single(order.Components).Id.ToString());
        Assert.Null(order.Degradation);
    }

    private static string Code(RunDecision decision) =>
        Assert.IsType<RunAnswers.Refused>(decision.Answer).Code;
}
