using System.Collections.Immutable;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.UnitTests.Cluster.Runs;

public sealed class CommandRulesSpecs
{
    private static readonly CommandOrigin Origin = new("key-1", "token:ops");

    [Fact]
    public void A_command_that_arrives_again_is_answered_as_the_first_time_and_changes_nothing()
    {
        var pipeline = Pipeline.Submitted();
        var pause = new RunCommands.Pause(pipeline.Run) { Origin = Origin };
        var first = pipeline.Carry(Take(pipeline, pause));
        pipeline.Carry(Take(pipeline, new RunCommands.Resume(pipeline.Run) { Origin = Origin with { Id = "key-2" } }));

        var again = Take(pipeline, pause);

        Assert.Equal(first, again.Answer);
        Assert.Empty(again.Events);
        Assert.Equal(RunStatus.Running, pipeline.State.Status);
    }

    [Fact]
    public void An_accepted_command_is_stored_with_who_asked_what_and_when_also_where_it_changes_nothing()
    {
        var pipeline = Pipeline.Submitted();
        pipeline.Carry(Take(pipeline, new RunCommands.Pause(pipeline.Run) { Origin = Origin }));
        pipeline.Carry(Take(pipeline, new RunCommands.Pause(pipeline.Run) { Origin = Origin with { Id = "key-2" } }));
        pipeline.Carry(Take(pipeline, new RunCommands.OfJob(pipeline.Run, "ppo/a", JobAction.Cancel)
        {
            Origin = new CommandOrigin("key-3", "local"),
        }));

        Assert.Equal(
            [
                ("key-1", "token:ops", "run.pause", null),
                ("key-2", "token:ops", "run.pause", null),
                ("key-3", "local", "job.cancel", "ppo/a"),
            ],
            pipeline.Ledger.Commands.All.Select(taken => (taken.Id, taken.By, taken.Verb, taken.Job)));
        Assert.All(pipeline.Ledger.Commands.All, taken => Assert.Equal((pipeline.Run, Pipeline.Noon), (taken.Run, taken.At)));
    }

    [Fact]
    public void One_id_for_two_commands_of_one_asker_is_refused_and_of_two_askers_is_not()
    {
        var pipeline = Pipeline.Submitted();
        pipeline.Carry(Take(pipeline, new RunCommands.Pause(pipeline.Run) { Origin = Origin }));

        var other = Take(pipeline, new RunCommands.Cancel(pipeline.Run) { Origin = Origin });
        var elsewhere = Take(
            pipeline, new RunCommands.Cancel(pipeline.Run) { Origin = Origin with { By = "token:other" } });

        Assert.Equal(Refusals.CommandIdReused, Code(other));
        Assert.IsType<RunAnswers.Accepted>(elsewhere.Answer);
    }

    [Fact]
    public void A_refused_command_is_not_stored_and_may_fit_later()
    {
        var pipeline = Pipeline.Submitted(slots: 9);
        var retry = new RunCommands.OfJob(pipeline.Run, "cnn_lstm/a", JobAction.Retry) { Origin = Origin };

        var refused = Take(pipeline, retry);
        Assert.Equal(Refusals.WrongState, Code(refused));
        Assert.Empty(refused.Events);

        pipeline.Fail("cnn_lstm/a");
        Assert.IsType<RunAnswers.Accepted>(pipeline.Carry(Take(pipeline, retry)));
        Assert.Equal(JobStatus.Running, pipeline.Job("cnn_lstm/a").Status);
    }

    [Fact]
    public void The_same_submission_under_one_id_is_one_run_and_another_spec_under_it_is_refused()
    {
        var pipeline = Pipeline.Active();
        var submit = new RunCommands.Submit("s-1", Pipeline.Spec("macd_momentum"), []) { Origin = Origin };
        var first = pipeline.Carry(Take(pipeline, submit));

        // As it comes from the wire: equal in content, not the same objects.
        var copy = submit with { Spec = Pipeline.Spec("macd_momentum") };
        Assert.Equal(first, pipeline.Carry(Take(pipeline, copy)));
        var other = Take(pipeline, submit with { Spec = Pipeline.Spec("atr_breakout") });

        Assert.Single(pipeline.Ledger.Runs);
        Assert.Equal(Refusals.CommandIdReused, Code(other));
    }

    [Theory]
    [InlineData("", "ops")]
    [InlineData("two words", "ops")]
    [InlineData("ключ", "ops")]
    [InlineData("key", "")]
    [InlineData("key", "a\nb")]
    public void Ids_and_names_that_cannot_stand_in_a_log_line_are_refused(string id, string by)
    {
        var pipeline = Pipeline.Submitted();

        var decision = Take(pipeline, new RunCommands.Pause(pipeline.Run) { Origin = new CommandOrigin(id, by) });

        Assert.Equal(Refusals.InvalidCommandId, Code(decision));
        Assert.Empty(decision.Events);
    }

    [Fact]
    public void Commands_are_compared_for_a_day_and_at_most_so_many()
    {
        var log = CommandLog.Empty;
        for (var i = 0; i < CommandLog.CountMax + 5; i++)
        {
            log = log.Add(Taken($"k{i}", Pipeline.Noon));
        }

        Assert.Equal(CommandLog.CountMax, log.Count);
        Assert.Null(log.Find(new CommandOrigin("k4", "ops")));
        Assert.NotNull(log.Find(new CommandOrigin("k5", "ops")));

        var later = log.Add(Taken("late", Pipeline.Noon + CommandLog.KeptFor + TimeSpan.FromSeconds(1)));
        Assert.Equal("late", Assert.Single(later.All).Id);
    }

    [Fact]
    public void A_journal_gives_the_commands_back_that_it_was_given()
    {
        var pipeline = Pipeline.Submitted();
        var pause = new RunCommands.Pause(pipeline.Run) { Origin = Origin };
        pipeline.Carry(Take(pipeline, pause));

        // A new coordinator knows what the last one answered.
        pipeline.Carry(RunRules.Activate(pipeline.Ledger, "two", resumeOnRecovery: true, Pipeline.Noon));

        Assert.Empty(Take(pipeline, pause).Events);
    }

    [Theory]
    [InlineData(1, 100, 100, Refusals.ClusterFull)]
    [InlineData(100, 19, 100, Refusals.ClusterFull)]
    [InlineData(100, 100, 3, Refusals.RunTooLarge)]
    [InlineData(100, 20, 100, null)]
    public void Runs_and_jobs_are_let_in_up_to_the_limits(int runs, int jobs, int jobsPerRun, string? code)
    {
        // Ten jobs by three strategies are in; the run of macd_momentum and two more brings ten.
        var pipeline = Pipeline.Submitted();
        var submit = new RunCommands.Submit(
            "s-2", Pipeline.Spec("macd_momentum", "atr_breakout", "rsi_mean_reversion"), []);

        var decision = CommandRules.Take(
            pipeline.Ledger, submit, new CoordinatorLimits(2, runs, jobs, jobsPerRun), Pipeline.Noon);

        Assert.Equal(code, (decision.Answer as RunAnswers.Refused)?.Code);
        Assert.Equal(code is null, decision.Answer is RunAnswers.Accepted);
    }

    [Fact]
    public void A_specification_that_no_message_can_carry_is_refused()
    {
        var spec = Pipeline.Spec("macd_momentum") with { DataName = new string('x', 70_000) };

        var decision = CommandRules.Take(
            RunLedger.Empty, new RunCommands.Submit("s", spec, []), CoordinatorLimits.Default, Pipeline.Noon);

        Assert.Equal(Refusals.RunTooLarge, Code(decision));
    }

    [Fact]
    public void A_priority_out_of_range_is_refused()
    {
        var pipeline = Pipeline.Submitted();

        Assert.Equal(Refusals.OutOfRange, Code(Take(pipeline, new RunCommands.Prioritise(pipeline.Run, 101))));
        Assert.Equal(Refusals.OutOfRange, Code(Take(pipeline,
            new RunCommands.Submit("s", Pipeline.Spec("macd_momentum"), ImmutableArray<GivenVersion>.Empty)
            {
                Priority = -101,
            })));
    }

    private static RunEvents.CommandTaken Taken(string id, DateTimeOffset at) => new(
        id, "ops", "run.pause", RunId.At(Pipeline.Noon), null, TrainingCluster.MarketData.Content.Digest.Of(id), at);

    private static RunDecision Take(Pipeline pipeline, RunCommand command) =>
        CommandRules.Take(pipeline.Ledger, command, CoordinatorLimits.Default, Pipeline.Noon);

    private static string Code(RunDecision decision) => Assert.IsType<RunAnswers.Refused>(decision.Answer).Code;
}
