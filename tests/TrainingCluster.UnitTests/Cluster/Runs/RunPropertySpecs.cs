using System.Text;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.UnitTests.Cluster.Runs;

/// <summary>What holds for any order of commands, words of trainers, and nodes that come and go.</summary>
public sealed class RunPropertySpecs
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_job_is_lost_none_counts_twice_no_slot_leaks_and_shares_are_fair(int seed)
    {
        var cluster = new RandomCluster(seed);
        cluster.Start();
        for (var step = 0; step < 150; step++)
        {
            cluster.Step();
        }

        cluster.RunOut();

        Assert.NotEmpty(cluster.Ledger.Runs);
        Assert.All(cluster.Ledger.Runs.Values, run => Assert.True(run.Status.HasEnded(), $"{run.Id} {run.Status}"));
        Assert.Empty(cluster.Ledger.ActiveJobs);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(17)]
    public void A_ledger_that_is_read_back_from_its_journal_is_the_same(int seed)
    {
        var cluster = new RandomCluster(seed);
        cluster.Start();
        for (var step = 0; step < 150; step++)
        {
            cluster.Step();
        }

        var again = RunLedger.Empty;
        foreach (var (happened, place) in cluster.Journal.Select((happened, place) => (happened, place)))
        {
            var name = WireContracts.NameOf(happened.GetType());
            again = again.Apply((IRunEvent)WireContracts.Read(WireContracts.Write(happened), name), place + 1);
        }

        Assert.Equal(Text(cluster.Ledger), Text(again));
        Assert.Equal(cluster.Ledger.Commands.All, again.Commands.All);
    }

    [Fact]
    public void Two_runs_of_equal_priority_get_equal_shares_and_a_third_of_a_higher_one_gets_what_it_can_use()
    {
        var ledger = RunLedger.Empty;
        ledger = Submit(ledger, 0, "atr_breakout", "macd_momentum", "rsi_mean_reversion", "donchian_breakout");
        ledger = Submit(ledger, 0, "atr_breakout", "macd_momentum", "rsi_mean_reversion", "donchian_breakout");
        ledger = Submit(ledger, 5, "atr_breakout", "macd_momentum");
        NodeOffer[] nodes = [new("a", "/user/a", 3), new("b", "/user/b", 4)];

        var assigned = RunDispatch.Assign(ledger, nodes, Pipeline.Noon).Cast<RunEvents.JobAssigned>().ToArray();

        var runs = ledger.Runs.Keys.ToArray();
        Assert.Equal(
            [runs[2], runs[2], runs[0], runs[1], runs[0], runs[1], runs[0]], assigned.Select(job => job.Run));
        Assert.Equal(3, assigned.Count(job => job.Node == "a"));
        Assert.Equal(4, assigned.Count(job => job.Node == "b"));
    }

    [Fact]
    public void Another_priority_moves_the_waiting_jobs_of_a_run_and_leaves_running_ones_alone()
    {
        var pipeline = Pipeline.Submitted(slots: 1);
        pipeline.Carry(CommandRules.Take(
            pipeline.Ledger,
            new RunCommands.Submit("second", Pipeline.Spec("macd_momentum"), []),
            CoordinatorLimits.Default,
            Pipeline.Noon));
        var second = pipeline.Ledger.Runs.Keys.Last();

        pipeline.Carry(RunRules.Prioritise(pipeline.Ledger, new RunCommands.Prioritise(second, 1), Pipeline.Noon));
        Assert.Equal(pipeline.Run, Assert.Single(pipeline.Ledger.ActiveJobs).Run.Id);
        pipeline.Succeed("cnn_lstm/a");

        Assert.Equal(second, Assert.Single(pipeline.Ledger.ActiveJobs).Run.Id);
    }

    private static RunLedger Submit(RunLedger ledger, int priority, params string[] strategies)
    {
        var spec = Pipeline.Spec(strategies) with { Stages = [Stage.CnnLstm] };
        var decision = RunRules.Submit(
            ledger,
            new RunCommands.Submit($"key-{ledger.Runs.Count}", spec, []) { Priority = priority },
            CoordinatorLimits.Default,
            Pipeline.Noon);
        Assert.IsType<RunAnswers.Accepted>(decision.Answer);
        return decision.Events.Aggregate(ledger, (before, happened) => before.Apply(happened, 1));
    }

    private static string Text(RunLedger ledger) => string.Join('\n', ledger.Runs.Values.Select(run =>
        $"{run.Status} {run.Reason} " + Encoding.UTF8.GetString(
            WireContracts.Write(new RunAnswers.Found(RunSummary.Of(run), run.Jobs.Length, true)))));
}
