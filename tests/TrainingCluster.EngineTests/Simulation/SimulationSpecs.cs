using TrainingCluster.EngineTests.Simulation.World;

namespace TrainingCluster.EngineTests.Simulation;

public sealed class SimulationSpecs
{
    private const int Seeds = 60;

    /// <summary>What must have happened somewhere, or the run has not tried what it is there to try.</summary>
    private static readonly string[] MustHappen =
    [
        "commit answers lost",
        "fenced writes",
        "take-overs",
        "take-overs during a hand-off",
        "hand-overs",
        "lock waits",
        "jobs completed",
        "faults: all but one cut off",
        "faults: answers and wake-ups late or lost",
        "faults: frozen in a handler",
        "faults: frozen in a write",
        "faults: killed",
        "faults: killed while leaving",
        "faults: left in order",
        "faults: one node cut off",
        "faults: paused",
        "faults: rolling restart",
        "faults: store away",
        "faults: store failing",
        "faults: store slow",
    ];

    [Fact]
    public void Two_runs_of_one_seed_are_the_same_to_the_last_step()
    {
        var first = SimRun.Execute(1, new SimOptions());
        var second = SimRun.Execute(1, new SimOptions());

        Assert.Equal(first.Hash, second.Hash);
    }

    [Fact]
    public void Two_seeds_differ() =>
        Assert.NotEqual(SimRun.Execute(1, new SimOptions()).Hash, SimRun.Execute(2, new SimOptions()).Hash);

    /// <summary>Worlds in which the engine once broke a rule or never became whole again.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(105)]
    [InlineData(270)]
    [InlineData(288)]
    [InlineData(758)]
    [InlineData(954)]
    public void What_was_found_stays_mended(int seed) =>
        Assert.Null(SimRun.Execute(seed, new SimOptions()).Failure);

    [Fact]
    public void Every_rule_holds_in_every_world()
    {
        var results = Enumerable.Range(1, Seeds).AsParallel()
            .Select(static seed => SimRun.Execute(seed, new SimOptions())).ToList();

        Assert.All(results, static result => Assert.True(
            result.Failure is null, $"./dev sim --seed {result.Seed}: {result.Failure}"));
        var all = new SimCounters();
        results.ForEach(result => all.Add(result.Counters));
        Assert.All(MustHappen, what => Assert.True(all.Counts.GetValueOrDefault(what) > 0, $"{what}: never"));
    }
}
