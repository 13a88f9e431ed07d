using TrainingCluster.Training.Sac;

namespace TrainingCluster.LearningTests.Sac;

public sealed class TanhGaussianSpecs
{
    [Fact]
    public void Log_probabilities_equal_those_of_pytorch()
    {
        float[] heads = [0.3f, -1.2f, -0.5f, 0.2f];
        float[] beforeTanh = [0.1f, -2.0f];
        float[] noise =
            [(beforeTanh[0] - heads[0]) / MathF.Exp(heads[2]), (beforeTanh[1] - heads[1]) / MathF.Exp(heads[3])];
        var (actions, logs) = (new float[2], new float[1]);

        TanhGaussian.Sample(heads, noise, 2, actions, logs);

        Assert.Equal(0.0996679961681366, actions[0], 1e-6);
        Assert.Equal(-0.9640275835990906, actions[1], 1e-6);
        Assert.Equal(0.8532288074493408, logs[0], 2e-6);
    }

    [Fact]
    public void Slopes_are_those_of_the_soft_value()
    {
        float[] heads = [0.3f, -1.2f, -0.5f, 0.2f, 0.1f, 0.8f, -3, 1];
        float[] noise = [0.4f, -1.1f, 0.9f, 0.2f];
        float[] wanted = [1.5f, -0.7f, 0.2f, 3];
        const float temperature = 0.3f;
        var (actions, logs, slopes) = (new float[4], new float[2], new float[8]);

        double Loss()
        {
            TanhGaussian.Sample(heads, noise, 2, actions, logs);
            return actions.Select((action, i) => -(double)wanted[i] * action).Sum()
                + logs.Sum(log => (double)temperature * log);
        }

        Loss();
        TanhGaussian.Slopes(heads, noise, actions, wanted, 2, temperature, 1, slopes);

        for (var i = 0; i < heads.Length; i++)
        {
            var kept = heads[i];
            heads[i] = kept + 1e-3f;
            var higher = Loss();
            heads[i] = kept - 1e-3f;
            var lower = Loss();
            heads[i] = kept;
            Assert.Equal((higher - lower) / 2e-3, slopes[i], 2e-3);
        }
    }

    [Fact]
    public void A_deviation_that_was_cut_has_no_slope()
    {
        float[] heads = [0.3f, 5];
        var (actions, logs, slopes) = (new float[1], new float[1], new float[2]);

        TanhGaussian.Sample(heads, [0.5f], 1, actions, logs);
        TanhGaussian.Slopes(heads, [0.5f], actions, [1f], 1, 0.2f, 1, slopes);

        Assert.Equal(0, slopes[1]);
        Assert.NotEqual(0, slopes[0]);
    }
}
