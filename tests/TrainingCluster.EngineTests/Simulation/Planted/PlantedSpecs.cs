using TrainingCluster.EngineTests.Simulation.Checks;
using TrainingCluster.EngineTests.Simulation.World;

namespace TrainingCluster.EngineTests.Simulation.Planted;

/// <summary>A simulation that finds nothing proves nothing: it must find these.</summary>
public sealed class PlantedSpecs
{
    private const int SeedsToTry = 400;

    [Theory]
    [InlineData(Plants.NoFence, "first effect")]
    [InlineData(Plants.LateFence, "first effect")]
    [InlineData(Plants.Cursor, "after note")]
    [InlineData(Plants.KeptRight, "act")]
    public void A_planted_mistake_is_found(string plant, string words)
    {
        for (var seed = 1; seed <= SeedsToTry; seed++)
        {
            if (SimRun.Execute(seed, Plants.Make(plant)).Failure is ViolationException violation)
            {
                Assert.Contains(words, violation.Message);
                return;
            }
        }

        Assert.Fail($"{SeedsToTry} seeds did not find it.");
    }
}
