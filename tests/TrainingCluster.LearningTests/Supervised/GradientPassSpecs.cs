using System.Runtime.InteropServices;
using TrainingCluster.LearningTests.CnnLstm;
using TrainingCluster.Models.Mlp;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Supervised;
using static TorchSharp.torch;

namespace TrainingCluster.LearningTests.Supervised;

public sealed class GradientPassSpecs
{
    private static readonly SmallFit Fit = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(23)]
    public void Pieces_of_any_size_give_the_gradient_of_the_whole_batch(int largest)
    {
        using var whole = Pass(new());
        using var pieces = new AccumulatedPass(Pass(new()), largest);

        AssertClose(Compute(whole), Compute(pieces));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(29)]
    public void Parts_on_threads_give_the_gradient_of_the_whole_batch_and_the_same_bits_each_time(int shards)
    {
        using var whole = Pass(new());
        using var parts = Pass(new() { Shards = shards });

        var first = Compute(parts);

        AssertClose(Compute(whole), first);
        for (var again = 0; again < 5; again++)
        {
            Assert.Equal(first.Gradients, Compute(parts).Gradients);
        }
    }

    [Fact]
    public void Convolutions_that_are_computed_twice_give_the_same_bits()
    {
        using var kept = Pass(new());
        using var forgotten = Pass(new() { Checkpointing = true });

        Assert.Equal(Compute(kept), Compute(forgotten), new SameBits());
    }

    [Fact]
    public void Parts_of_the_network_on_two_devices_give_the_same_bits()
    {
        // Where there is one device, both parts lie on it, and what passes between them is still moved.
        using var together = Pass(new());
        var network = Fit.Network();
        network.Place(CPU, CPU);
        using var apart = new EncoderPass(network, Fit.Windows, Fit.Samples, new());
        apart.Restore(Fit.Weights);

        Assert.Equal(Compute(together), Compute(apart), new SameBits());
    }

    [Fact]
    public void A_batch_that_was_announced_is_fetched_ahead_and_gives_the_same_bits()
    {
        using var plain = Pass(new());
        using var ahead = (EncoderPass)Pass(new() { Prefetch = true });
        int[] other = [5, 4];

        ahead.Announce(SmallFit.Batch);
        ahead.Announce(other);
        var announced = Compute(ahead);
        var gradients = new float[Fit.Weights.Length];
        ahead.LossAndGradients(other, gradients);
        ahead.LossAndGradients([9, 1], gradients);

        Assert.Equal(Compute(plain), announced, new SameBits());
        Assert.Equal(2, ahead.Fetched);
    }

    [Fact]
    public void Half_precision_comes_near_where_the_device_has_it_and_is_refused_where_not()
    {
        var options = new SupervisedOptions { BFloat16 = true };
        if (!ComputeDevice.HasBFloat16(CPU))
        {
            Assert.Contains("bf16 is 1", Assert.Throws<ArgumentException>(() => Pass(options)).Message);
            return;
        }

        using var full = Pass(new());
        using var half = Pass(options);
        var (expected, actual) = (Compute(full), Compute(half));

        // Eight bits of mantissa: a relative error of about a hundredth in sums over some tens of terms.
        Assert.Equal(expected.Loss, actual.Loss, 0.02 * expected.Loss);
        var (dot, size, other) = (0.0, 0.0, 0.0);
        for (var i = 0; i < expected.Gradients.Length; i++)
        {
            dot += expected.Gradients[i] * actual.Gradients[i];
            size += expected.Gradients[i] * expected.Gradients[i];
            other += actual.Gradients[i] * actual.Gradients[i];
        }

        Assert.True(dot / Math.Sqrt(size * other) > 0.995, $"the cosine is {dot / Math.Sqrt(size * other)}");
        Assert.NotEqual(expected.Gradients, actual.Gradients);
    }

    [Fact]
    public void A_batch_that_does_not_fit_into_memory_is_halved_until_it_does()
    {
        using var small = new AccumulatedPass(new CrampedPass(Pass(new()), 6), 29);
        using var whole = Pass(new());

        AssertClose(Compute(whole), Compute(small));
        Assert.Equal(4, small.Largest); // 29, 15, 8, 4
    }

    [Fact]
    public void A_window_that_does_not_fit_alone_ends_the_fit()
    {
        using var none = new AccumulatedPass(new CrampedPass(Pass(new()), 0), 29);

        Assert.Throws<LibtorchFailure>(() => Compute(none));
    }

    [Fact]
    public void The_allocators_own_words_are_known()
    {
        using var scope = NewDisposeScope();

        var failure = Assert.Throws<ExternalException>(() => zeros(1L << 50));

        Assert.True(OutOfMemory.Is(failure), failure.Message);
        Assert.False(OutOfMemory.Is(new LibtorchFailure("shapes [2] and [3] do not match")));
    }

    [Fact]
    public void A_perceptron_is_trained_by_the_same_pass_but_has_nothing_to_compute_twice()
    {
        MlpNetwork Perceptron() => new(Fit.Windows.Matrix.Columns, 13, 8, 4, new RandomStream(3));
        using var one = new EncoderPass(Perceptron(), Fit.Windows, Fit.Samples, new());
        using var parts = EncoderPasses.Create(Perceptron, Fit.Windows, Fit.Samples, new() { Shards = 2 });

        AssertClose(Compute(one, restore: false), Compute(parts, restore: false));
        var error = Assert.Throws<ArgumentException>(
            () => new EncoderPass(Perceptron(), Fit.Windows, Fit.Samples, new() { Checkpointing = true }));
        Assert.Contains("MlpNetwork has no convolutions", error.Message);
    }

    private static IGradientPass Pass(SupervisedOptions options) =>
        EncoderPasses.Create(Fit.Network, Fit.Windows, Fit.Samples, options);

    private static Result Compute(IGradientPass pass, bool restore = true)
    {
        if (restore)
        {
            pass.Restore(Fit.Weights);
        }

        var gradients = new float[ParameterSpan.Total(pass.Layout)];
        Array.Fill(gradients, 7);
        return new Result(pass.LossAndGradients(SmallFit.Batch, gradients), gradients);
    }

    private static void AssertClose(Result expected, Result actual)
    {
        Assert.Equal(expected.Loss, actual.Loss, 1e-6);
        for (var i = 0; i < expected.Gradients.Length; i++)
        {
            Assert.Equal(expected.Gradients[i], actual.Gradients[i], 1e-6f);
        }
    }

    private sealed record Result(double Loss, float[] Gradients);

    private sealed class SameBits : IEqualityComparer<Result>
    {
        public bool Equals(Result? x, Result? y) =>
            x!.Loss.Equals(y!.Loss) && x.Gradients.AsSpan().SequenceEqual(y.Gradients);

        public int GetHashCode(Result obj) => obj.Loss.GetHashCode();
    }

    /// <summary>A device with room for a few windows.</summary>
    private sealed class CrampedPass(IGradientPass inner, int room) : IGradientPass
    {
        public System.Collections.Immutable.ImmutableArray<ParameterSpan> Layout => inner.Layout;

        public void Restore(ReadOnlySpan<float> weights) => inner.Restore(weights);

        public void Announce(ReadOnlySpan<int> samples) => inner.Announce(samples);

        public double LossAndGradients(ReadOnlySpan<int> samples, Span<float> gradients) =>
            samples.Length > room
                ? throw new LibtorchFailure("CUDA out of memory. Tried to allocate 2.00 GiB")
                : inner.LossAndGradients(samples, gradients);

        public float[] Logits(ReadOnlySpan<int> bars) => inner.Logits(bars);

        public void Dispose() => inner.Dispose();
    }

    /// <summary>What libtorch's failures come as, with words of the test's own.</summary>
    private sealed class LibtorchFailure(string words) : ExternalException(words);
}
