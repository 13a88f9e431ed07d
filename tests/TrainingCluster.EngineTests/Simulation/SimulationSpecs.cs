using TrainingCluster.EngineTests.Simulation.World;

namespace TrainingCluster.EngineTests.Simulation;

public sealed class SimulationSpecs
{
    [Fact]
    public void Two_runs_of_one_seed_are_the_same_to_the_last_step()
    {
        var first = SimRun.Execute(1, new SimOptions());
        var second = SimRun.Execute(1, new SimOptions());

        Assert.Equal(first.Hash, second.Hash);
    }
}
