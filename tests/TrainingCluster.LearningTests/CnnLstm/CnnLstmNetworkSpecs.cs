using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.CnnLstm;
using static TorchSharp.torch;

namespace TrainingCluster.LearningTests.CnnLstm;

public sealed class CnnLstmNetworkSpecs
{
    private static readonly CnnLstmArchitecture Primes = new(7, 13, 3, 1, 5, 11, 17);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Windows_become_four_logits_each(int stride)
    {
        using var scope = NewDisposeScope();
        using var network = new CnnLstmNetwork(Primes with { Stride = stride }, new RandomStream(1));

        var logits = network.call(Windows(19));

        Assert.Equal([19L, 4L], logits.shape);
    }

    [Theory]
    [InlineData(7, 13, 3, 1, 5, 11, 17)]
    [InlineData(16, 60, 3, 1, 32, 64, 64)]
    [InlineData(9, 60, 5, 2, 16, 33, 40)]
    public void The_plain_forward_pass_equals_libtorchs_and_allocates_nothing(
        int features, int window, int kernel, int stride, int first, int second, int hidden)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var sizes = new CnnLstmArchitecture(features, window, kernel, stride, first, second, hidden);
        using var network = new CnnLstmNetwork(sizes, new RandomStream(1));
        network.get_parameter("wide.weight")!.add_(0.3f);
        var random = new RandomStream(2);
        float[] values = [.. Enumerable.Range(0, 5 * window * features).Select(_ => (float)random.NextGaussian())];
        var expected = TensorCopies.Floats(network.call(TensorCopies.Of(values, 5, window, features)));
        var forward = new CnnLstmForward(network);
        var logits = new float[20];
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Run();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(expected[i], logits[i], 1e-5);
        }

        void Run()
        {
            for (var i = 0; i < 5; i++)
            {
                forward.Logits(values.AsSpan(i * window * features, window * features)).CopyTo(logits.AsSpan(4 * i));
            }
        }
    }

    [Fact]
    public void Every_parameter_has_the_name_and_shape_that_pytorch_gives_it()
    {
        using var network = new CnnLstmNetwork(Primes, new RandomStream(1));

        var named = NetworkWeights.Named(network).Select(
            p => $"{p.Name} {string.Join("x", p.Parameter.shape)}");

        Assert.Equal(
            [
                "conv1.bias 5", "conv1.weight 5x7x3", "conv2.bias 11", "conv2.weight 11x5x3",
                "head.bias 4", "head.weight 4x17",
                "lstm.bias_hh_l0 68", "lstm.bias_ih_l0 68", "lstm.weight_hh_l0 68x17",
                "lstm.weight_ih_l0 68x11",
                "wide.weight 4x7",
            ],
            named);
    }

    [Fact]
    public void Weights_come_from_the_stream_and_not_from_the_library()
    {
        manual_seed(1);
        using var one = new CnnLstmNetwork(Primes, new RandomStream(5));
        manual_seed(2);
        using var same = new CnnLstmNetwork(Primes, new RandomStream(5));
        using var other = new CnnLstmNetwork(Primes, new RandomStream(6));

        Assert.Equal(NetworkWeights.Flatten(one), NetworkWeights.Flatten(same));
        Assert.NotEqual(NetworkWeights.Flatten(one), NetworkWeights.Flatten(other));
    }

    [Fact]
    public void A_window_of_another_shape_is_refused_with_both_shapes()
    {
        using var scope = NewDisposeScope();
        using var network = new CnnLstmNetwork(Primes with { Window = 12 }, new RandomStream(1));

        var error = Assert.Throws<ArgumentException>(() => network.call(Windows(2)));

        Assert.Contains("the windows are [2, 13, 7]; the encoder needs [batch, 12, 7]", error.Message);
    }

    [Fact]
    public void Weights_survive_an_artifact()
    {
        using var scope = NewDisposeScope();
        using var one = new CnnLstmNetwork(Primes, new RandomStream(5));
        using var other = new CnnLstmNetwork(Primes, new RandomStream(6));
        var artifact = ModelArtifact.Parse(
            new ModelArtifact("test", "{}", NetworkWeights.ToTensors(one, "encoder.")).ToBytes());

        NetworkWeights.Load(other, artifact, "encoder.");

        Assert.Equal(TensorCopies.Floats(one.call(Windows(3))), TensorCopies.Floats(other.call(Windows(3))));
    }

    [Fact]
    public void All_sizes_that_are_out_of_range_are_named()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new CnnLstmNetwork(new CnnLstmArchitecture(0, 1, 2, 0, 1, 1, 1), new RandomStream(1)));

        Assert.Contains("features is 0", error.Message);
        Assert.Contains("window is 1", error.Message);
        Assert.Contains("kernel is 2; it must be odd", error.Message);
        Assert.Contains("stride is 0", error.Message);
    }

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        using var network = new CnnLstmNetwork(Primes, new RandomStream(5));
        var weights = NetworkWeights.Flatten(network);
        var gradients = new float[weights.Length];
        LossAt(network, weights, gradients);

        // Every 97th weight, so that each layer is met.
        for (var i = 0; i < weights.Length; i += 97)
        {
            const float Step = 1e-2f;
            float[] up = [.. weights], down = [.. weights];
            up[i] += Step;
            down[i] -= Step;
            var slope = (LossAt(network, up, null) - LossAt(network, down, null)) / (2 * Step);

            Assert.Equal(slope, gradients[i], 2e-3);
        }
    }

    [Fact]
    public void The_loss_of_tensors_equals_the_loss_in_plain_arithmetic()
    {
        var logits = Numbers(23 * 4, 9);
        var samples = Samples(23);

        using var scope = NewDisposeScope();
        var loss = CnnLstmLoss.Compute(
            TensorCopies.Of(logits, 23, 4),
            TensorCopies.Of([.. samples.Up], 23),
            TensorCopies.Of([.. samples.Barrier]),
            TensorCopies.Of([.. samples.UpWeight], 23),
            TensorCopies.Of([.. samples.BarrierWeight], 23));

        Assert.Equal(CnnLstmLoss.Evaluate(logits, samples), loss.item<float>(), 1e-5);
    }

    [Fact]
    public void The_loss_of_even_logits_is_the_entropy_of_a_coin_plus_that_of_three_sides()
    {
        var samples = Samples(6) with { UpWeight = [1, 1, 1, 1, 1, 1], BarrierWeight = [2, 2, 2, 2, 2, 2] };

        Assert.Equal(Math.Log(2) + 2 * Math.Log(3), CnnLstmLoss.Evaluate(new float[24], samples), 1e-12);
    }

    private static double LossAt(CnnLstmNetwork network, float[] weights, float[]? gradients)
    {
        using var scope = NewDisposeScope();
        NetworkWeights.Restore(network, weights);
        network.zero_grad();
        var samples = Samples(19);
        var loss = CnnLstmLoss.Compute(
            network.call(Windows(19)),
            TensorCopies.Of([.. samples.Up], 19),
            TensorCopies.Of([.. samples.Barrier]),
            TensorCopies.Of([.. samples.UpWeight], 19),
            TensorCopies.Of([.. samples.BarrierWeight], 19));
        if (gradients is not null)
        {
            loss.backward();
            NetworkWeights.Gradients(network, gradients);
        }

        return loss.item<float>();
    }

    private static Tensor Windows(int batch) =>
        TensorCopies.Of(Numbers(batch * Primes.Window * Primes.Features, 2), batch, Primes.Window,
            Primes.Features);

    private static float[] Numbers(int count, ulong seed)
    {
        var stream = new RandomStream(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)stream.NextGaussian())];
    }

    private static LabelledBars Samples(int count) => new(
        [.. Enumerable.Range(0, count)],
        [.. Enumerable.Range(0, count).Select(i => (float)(i % 2))],
        [.. Enumerable.Range(0, count).Select(i => (long)(i % 3))],
        [.. Enumerable.Range(0, count).Select(i => 0.5f + i % 5)],
        [.. Enumerable.Range(0, count).Select(i => 0.1f + i % 7)]);
}
