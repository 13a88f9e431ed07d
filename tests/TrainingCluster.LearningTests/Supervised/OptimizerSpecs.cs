using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Supervised;

namespace TrainingCluster.LearningTests.Supervised;

public sealed class OptimizerSpecs
{
    /// <summary>
    /// torch.optim.Adam of PyTorch 1.13 on Σ(x − 1)² from (3, −2), learning rate 0.1, after 5 steps.
    /// </summary>
    [Theory]
    [InlineData(0, 2.502955913543701, -1.5017794370651245)]
    [InlineData(0.01, 2.502946376800537, -1.501783013343811)]
    public void Adam_takes_the_steps_of_pytorch(double weightDecay, double first, double second)
    {
        float[] weights = [3, -2];
        var adam = new FlatAdam(2, weightDecay);

        for (var step = 0; step < 5; step++)
        {
            float[] gradients = [.. weights.Select(weight => 2 * (weight - 1))];
            adam.Step(weights, gradients, 0.1);
        }

        Assert.Equal(first, weights[0], 2e-6);
        Assert.Equal(second, weights[1], 2e-6);
    }

    [Fact]
    public void A_restored_optimizer_goes_on_bit_for_bit()
    {
        float[] unbroken = [3, -2], broken = [3, -2];
        var adam = new FlatAdam(2, 0.01);
        adam.Step(unbroken, [0.3f, -0.7f], 0.1);
        var restored = new FlatAdam(adam.Capture(), 0.01);
        unbroken.CopyTo(broken, 0);

        adam.Step(unbroken, [0.1f, 0.2f], 0.1);
        restored.Step(broken, [0.1f, 0.2f], 0.1);

        Assert.Equal(unbroken, broken);
        Assert.Equal(adam.Steps, restored.Steps);
    }

    [Fact]
    public void A_norm_of_13_is_clipped_to_5_and_reported()
    {
        float[] gradients = [3, 4, 0, 12, 0];

        var norm = GradientNorm.Of(gradients);
        GradientNorm.Clip(gradients, norm, 5);

        Assert.Equal(13, norm, 1e-9);
        Assert.Equal(1.153846025466919, gradients[0], 1e-6);
        Assert.Equal(1.538461446762085, gradients[1], 1e-6);
        Assert.Equal(4.615384101867676, gradients[3], 1e-6);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_gradient_that_is_not_finite_makes_the_norm_not_finite(float bad)
    {
        float[] gradients = [3, bad];

        Assert.False(double.IsFinite(GradientNorm.Of(gradients)));
    }

    [Fact]
    public void Early_stopping_counts_epochs_without_enough_improvement()
    {
        var watch = EarlyStopping.Start;
        double[] losses = [1.0, 0.9, 0.89995, 0.95, double.NaN];

        for (var i = 0; i < losses.Length; i++)
        {
            Assert.False(watch.Stops(3));
            watch = watch.After(i + 1, losses[i], 1e-4);
        }

        Assert.True(watch.Stops(3));
        Assert.Equal(2, watch.BestEpoch);
        Assert.Equal(0.9, watch.BestLoss);
    }

    [Fact]
    public void Balanced_weights_let_every_class_count_the_same()
    {
        Assert.Equal([4f / 9, 4f / 3, 0f], ClassWeights.Balanced([0, 0, 1, 0], 3));
    }
}
