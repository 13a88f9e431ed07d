using TrainingCluster.LearningTests.CnnLstm;
using TrainingCluster.Training.Supervised;

namespace TrainingCluster.LearningTests.Supervised;

/// <summary>The numbers are those of torch.optim.lr_scheduler in PyTorch 1.13.</summary>
public sealed class LearningRateSpecs
{
    [Fact]
    public void Warm_restarts_are_pytorchs_and_land_on_the_highest_rate()
    {
        double[] expected =
        [
            0.1, 0.0905463412215599, 0.0657963412215599, 0.03520365877844011, 0.010453658778440109, 0.1,
            0.09757729755661011, 0.0905463412215599, 0.07959536998847742, 0.0657963412215599, 0.0505,
            0.03520365877844011, 0.021404630011522586, 0.010453658778440109, 0.0034227024433899004, 0.1,
            0.09939057285945932, 0.09757729755661011, 0.09460482294732421, 0.0905463412215599,
        ];

        for (var epoch = 0; epoch < expected.Length; epoch++)
        {
            Assert.Equal(expected[epoch], LearningRates.WarmRestarts(0.1, 0.001, 5, 2, epoch), 1e-12);
        }

        Assert.Equal(0.1, LearningRates.WarmRestarts(0.1, 0.001, 5, 2, 5));
    }

    [Fact]
    public void One_cycle_is_pytorchs()
    {
        double[] expected =
        [
            0.0040000000000000036, 0.013167184270002533, 0.037167184270002526, 0.06683281572999747,
            0.09083281572999748, 0.1, 0.09874640062350874, 0.09504846320134738, 0.089091617757105,
            0.0811745653949763, 0.07169430017913009, 0.06112620219363893, 0.0500002, 0.03887419780637107,
            0.028306099820869922, 0.0188258346050237, 0.010908782242895003, 0.004951936798652629,
            0.0012539993764912555, 4e-07,
        ];

        for (var step = 0; step < expected.Length; step++)
        {
            Assert.Equal(expected[step], LearningRates.OneCycle(0.1, 20, step), 1e-12);
        }
    }

    [Fact]
    public void The_rate_at_a_plateau_is_pytorchs()
    {
        double[] losses = [1, 0.9, 0.8, 0.8, 0.8, 0.8, 0.79995, 0.8, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7];
        double[] expected =
            [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.025, 0.025];
        var (asked, afterwards) = (PlateauRate.Start(0.1), new List<double>());

        foreach (var loss in losses)
        {
            afterwards.Add(asked.Rate);
            asked = asked.After(loss, 0.5, 2, 0);
        }

        Assert.Equal(expected, afterwards);
    }

    [Fact]
    public void A_falling_rate_is_pytorchs()
    {
        double[] expected =
        [
            0.1, 0.095, 0.09025, 0.0857375, 0.08145062499999998, 0.07737809374999999, 0.07350918906249998,
            0.06983372960937498, 0.06634204312890622, 0.0630249409724609,
        ];
        var options = SmallFit.Options(
            ("learning_rate", 0.1), ("learning_rate_decay", 0.95), ("minimum_learning_rate", 0));

        for (var epoch = 0; epoch < expected.Length; epoch++)
        {
            Assert.Equal(expected[epoch], options.LearningRateAt(epoch), 1e-12);
        }
    }
}
