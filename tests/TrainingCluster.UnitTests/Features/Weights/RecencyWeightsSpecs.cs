using TrainingCluster.Features.Weights;

namespace TrainingCluster.UnitTests.Features.Weights;

public sealed class RecencyWeightsSpecs
{
    [Fact]
    public void Weights_rise_in_a_line_and_average_one()
    {
        Assert.Equal([0.5f, 0.75f, 1f, 1.25f, 1.5f], RecencyWeights.Linear(5));
        Assert.Equal([0.5f, 1.5f], RecencyWeights.Linear(2, oldest: 2, newest: 6));
        Assert.Equal([1f], RecencyWeights.Linear(1));
        Assert.Empty(RecencyWeights.Linear(0));
    }

    [Fact]
    public void Weights_of_zero_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => RecencyWeights.Linear(5, oldest: 0));

        Assert.Equal("the weights run from 0 to 1.5; both must be above 0 and finite", error.Message);
    }
}
