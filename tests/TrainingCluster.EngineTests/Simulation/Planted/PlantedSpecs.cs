using TrainingCluster.EngineTests.Simulation.Checks;
using TrainingCluster.EngineTests.Simulation.World;

namespace TrainingCluster.EngineTests.Simulation.Planted;

/// <summary>A simulation that finds nothing proves nothing: it must find these.</summary>
public sealed class PlantedSpecs
{
    private const int SeedsToTry = 300;

    /// <param name="plant">What is wrong.</param>
    /// <param name="words">What the rule says that it breaks.</param>
    /// <param name="first">A seed from which it does not take long.</param>
    [Theory]
    [InlineData(Plants.NoFence, "first effect", 60)]
    [InlineData(Plants.LateFence, "first effect", 1)]
    [InlineData(Plants.Cursor, "after note", 1)]
    [InlineData(Plants.KeptRight, "act", 1)]
    public void A_planted_mistake_is_found(string plant, string words, int first)
    {
        var isFound = Enumerable.Range(first, SeedsToTry).Any(seed =>
            SimRun.Execute(seed, Plants.Make(plant)).Failure is ViolationException violation
            && violation.Message.Contains(words, StringComparison.Ordinal));

        Assert.True(isFound, $"{SeedsToTry} seeds did not find it.");
    }
}
