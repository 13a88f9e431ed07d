using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainingCluster.EngineTests.Tensors;

/// <summary>
/// One layer in float32 takes the fused way; libtorch's own, which doubles still take, is the judge.
/// </summary>
[Collection(TensorCollection.Name)]
public sealed class LstmLayerSpecs
{
    private const long Batch = 17, Steps = 13, Features = 5, Hidden = 19;

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    [InlineData(false, false, false)]
    [InlineData(false, true, false)]
    public void Outputs_states_and_every_gradient_are_those_of_libtorch_in_double(
        bool batchFirst, bool started, bool throughChannels)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using var single = nn.LSTM(Features, Hidden, batchFirst: batchFirst);
        using var twice = nn.LSTM(Features, Hidden, batchFirst: batchFirst).@double();
        twice.load_state_dict(single.state_dict().ToDictionary(one => one.Key, one => one.Value.to(float64)));
        var raw = batchFirst ? randn(Batch, Steps, Features) : randn(Steps, Batch, Features);
        if (throughChannels) raw = raw.transpose(1, 2).contiguous();
        var h0 = randn(1, Batch, Hidden);
        var c0 = randn(1, Batch, Hidden);

        var fast = Run(single, raw, h0, c0, float32, started, throughChannels);
        var slow = Run(twice, raw, h0, c0, float64, started, throughChannels);

        Assert.Equal(slow.Length, fast.Length);
        for (var i = 0; i < fast.Length; i++)
        {
            Assert.Equal(slow[i].shape, fast[i].shape);
            Assert.True(fast[i].to(float64).allclose(slow[i], rtol: 2e-5, atol: 2e-6), $"[{i}]");
        }
    }

    [Fact]
    public void Large_sums_saturate_and_a_number_that_is_none_stays_visible()
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using var lstm = nn.LSTM(1, 16, batchFirst: true);
        using var frozen = no_grad();

        var (large, _, cell) = lstm.call(tensor(new[] { 1e9f, -1e9f }).reshape(2, 1, 1));
        var (broken, _, _) = lstm.call(tensor(new[] { 1f, float.NaN }).reshape(1, 2, 1));

        Assert.All(large.data<float>().ToArray(), value => Assert.InRange(value, -1, 1));
        Assert.All(cell.data<float>().ToArray(), value => Assert.InRange(value, -1, 1));
        Assert.All(broken[0][0].data<float>().ToArray(), value => Assert.False(float.IsNaN(value)));
        Assert.All(broken[0][1].data<float>().ToArray(), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void An_input_or_a_state_of_another_width_is_refused_with_both_sizes()
    {
        using var scope = NewDisposeScope();
        using var lstm = nn.LSTM(Features, Hidden, batchFirst: true);

        var input = Assert.Throws<ExternalException>(() => lstm.call(zeros(2, 3, 7)));
        var state = Assert.Throws<ExternalException>(
            () => lstm.call(zeros(2, 3, Features), (zeros(1, 3, Hidden), zeros(1, 3, Hidden))));

        Assert.Contains(
            "LSTM(5, 19): the input is Float32 [2, 3, 7] on cpu; it must be Float32 [batch, time, 5] on cpu",
            input.Message);
        Assert.Contains("0 is [1, 3, 19]; it must be [1, 2, 19]", state.Message);
    }

    [Fact]
    public void Gradients_of_gradients_are_refused_rather_than_wrong()
    {
        using var scope = NewDisposeScope();
        using var lstm = nn.LSTM(Features, Hidden, batchFirst: true);
        var (output, _, _) = lstm.call(randn(2, 3, Features));

        var error = Assert.Throws<ExternalException>(() => output.sum().backward(create_graph: true));

        Assert.Contains("without create_graph", error.Message);
    }

    private static Tensor[] Run(
        LSTM lstm, Tensor raw, Tensor h0, Tensor c0, ScalarType type, bool started, bool throughChannels)
    {
        var leaf = raw.to(type).detach().requires_grad_();
        var (h, c) = (h0.to(type).detach().requires_grad_(), c0.to(type).detach().requires_grad_());
        var input = throughChannels ? leaf.transpose(1, 2) : leaf;
        var (output, hidden, cell) = started ? lstm.call(input, (h, c)) : lstm.call(input);
        var weight = arange(output.numel(), type).sin().reshape(output.shape);
        ((output * weight).sum() + hidden.pow(2).sum() + cell.pow(3).sum()).backward();
        return
        [
            output, hidden, cell, leaf.grad!, .. started ? new[] { h.grad!, c.grad! } : [],
            .. lstm.parameters().Select(one => one.grad!),
        ];
    }
}
