using TrainingCluster.Training.Dqn;

namespace TrainingCluster.LearningTests.Dqn;

public sealed class DqnLossSpecs
{
    [Fact]
    public void The_target_over_several_branches_is_the_mean_of_their_best_values()
    {
        // V = 1.5, A = (0.2, −0.1, 0.5) and (1, 0): Q = (1.5, 1.2, 1.8) and (2, 1), computed with PyTorch.
        float[] values = [1.5f, 1.2f, 1.8f, 2.0f, 1.0f];
        var targets = new float[1];

        DqnLoss.Targets([0.3f], [0.99f], values, values, [3, 2], targets);

        Assert.Equal(0.3 + 0.99 * (1.8 + 2.0) / 2, targets[0], 1e-6);
        Assert.Equal(2.181, targets[0], 1e-6);
    }

    [Fact]
    public void Double_learning_values_the_choice_of_the_one_network_by_the_other()
    {
        var targets = new float[2];

        DqnLoss.Targets([1, 1], [0.5f, 0], [1, 2, 9, 1], [10, 20, 30, 40], [2], targets);

        Assert.Equal([1 + 0.5f * 20, 1f], targets);
    }

    [Fact]
    public void The_slope_is_that_of_the_loss_and_errors_add_up_over_branches()
    {
        float[] values = [0.5f, -1, 2, 0.1f, 3, -4, 0.7f, 0, 1, 2];
        float[] actions = [2, 0, 1, 1];
        float[] targets = [0.4f, 1.5f];
        float[] weights = [1, 0.25f];
        var (slopes, errors, unused) = (new float[10], new float[2], new float[10]);

        var loss = DqnLoss.Errors(values, actions, targets, weights, [3, 2], 1, slopes, errors);

        // |2 − 0.4| + |0.1 − 0.4|; |0.7 − 1.5| … by the layout of branches 3 and 2.
        Assert.Equal(1.6 + 0.3, errors[0], 1e-6);
        Assert.Equal(Math.Abs(0.7 - 1.5) + Math.Abs(2 - 1.5), errors[1], 1e-6);
        for (var i = 0; i < values.Length; i++)
        {
            var moved = (float[])values.Clone();
            moved[i] += 1e-3f;
            var higher = DqnLoss.Errors(moved, actions, targets, weights, [3, 2], 1, unused, errors);
            moved[i] -= 2e-3f;
            var lower = DqnLoss.Errors(moved, actions, targets, weights, [3, 2], 1, unused, errors);
            Assert.Equal((higher - lower) / 2e-3, slopes[i], 1e-3);
        }

        Assert.True(loss > 0);
    }
}
