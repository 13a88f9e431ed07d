using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using static TorchSharp.torch;

namespace TrainingCluster.LearningTests.CnnLstm;

public sealed class CnnLstmForwardSpecs
{
    [Theory]
    [InlineData(7, 13, 3, 1, 5, 11, 17)]
    [InlineData(7, 13, 3, 2, 5, 11, 17)]
    [InlineData(7, 14, 5, 3, 5, 11, 17)]
    [InlineData(1, 2, 1, 1, 1, 1, 1)]
    [InlineData(16, 60, 3, 1, 32, 64, 64)]
    [InlineData(22, 60, 5, 2, 16, 32, 32)]
    public void One_window_in_plain_arithmetic_gives_the_logits_of_libtorch(
        int features, int window, int kernel, int stride, int conv1, int conv2, int hidden)
    {
        const int Windows = 9;
        var architecture = new CnnLstmArchitecture(features, window, kernel, stride, conv1, conv2, hidden);
        using var network = Network(architecture);
        var values = Numbers(Windows * window * features);
        using var scope = NewDisposeScope();
        var expected = TensorCopies.Floats(network.call(TensorCopies.Of(values, Windows, window, features)));

        var forward = new CnnLstmForward(network);
        var logits = new float[4];
        for (var i = 0; i < Windows; i++)
        {
            forward.Logits(values.AsSpan(i * window * features, window * features), logits);
            for (var k = 0; k < 4; k++)
            {
                Assert.Equal(expected[i * 4 + k], logits[k], 1e-5f);
            }
        }
    }

    [Fact]
    public void A_window_leaves_nothing_behind_for_the_next_and_nothing_on_the_heap()
    {
        var architecture = new CnnLstmArchitecture(7, 13, 3, 2, 5, 11, 17);
        using var network = Network(architecture);
        var forward = new CnnLstmForward(network);
        var (one, other) = (Numbers(7 * 13), new float[7 * 13]);
        Array.Fill(other, 50f);
        float[] first = new float[4], again = new float[4];

        forward.Logits(one, first);
        forward.Logits(other, again);
        var before = GC.GetAllocatedBytesForCurrentThread();
        forward.Logits(one, again);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(first, again);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_number_that_is_none_stays_visible()
    {
        using var network = Network(new CnnLstmArchitecture(7, 13, 3, 1, 5, 11, 17));
        var window = Numbers(7 * 13);
        window[^30] = float.NaN;
        var logits = new float[4];

        new CnnLstmForward(network).Logits(window, logits);

        Assert.All(logits, logit => Assert.True(float.IsNaN(logit)));
    }

    [Fact]
    public void A_window_of_another_size_is_refused_with_both_sizes()
    {
        using var network = Network(new CnnLstmArchitecture(7, 13, 3, 1, 5, 11, 17));

        var error = Assert.Throws<ArgumentException>(
            () => new CnnLstmForward(network).Logits(new float[90], new float[4]));

        Assert.Contains("the window holds 90 numbers", error.Message);
        Assert.Contains("the encoder needs [13, 7] = 91 and 4", error.Message);
    }

    /// <summary>The linear path begins at zero; here it must count.</summary>
    private static CnnLstmNetwork Network(CnnLstmArchitecture architecture)
    {
        var network = new CnnLstmNetwork(architecture, new RandomStream(5));
        var weights = NetworkWeights.Flatten(network);
        var wide = 4 * architecture.Features;
        Numbers(wide).CopyTo(weights.AsSpan(weights.Length - wide));
        NetworkWeights.Restore(network, weights);
        return network;
    }

    private static float[] Numbers(int count)
    {
        var stream = new RandomStream(2);
        return [.. Enumerable.Range(0, count).Select(_ => (float)stream.NextGaussian())];
    }
}
