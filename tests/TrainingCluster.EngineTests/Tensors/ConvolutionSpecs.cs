using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TrainingCluster.EngineTests.Tensors;

/// <summary>
/// Where the channels lie next to each other a convolution is one product; libtorch's own, which doubles still
/// take, is the judge.
/// </summary>
[Collection(TensorCollection.Name)]
public sealed class ConvolutionSpecs
{
    [Theory]
    [InlineData(3, 1, 1, true)]
    [InlineData(3, 2, 1, true)]
    [InlineData(5, 3, 2, true)]
    [InlineData(5, 1, 0, false)]
    [InlineData(1, 1, 0, true)]
    [InlineData(4, 2, 7, true)]
    [InlineData(13, 1, 0, true)]
    public void Outputs_and_every_gradient_are_those_of_libtorch_in_double(
        long kernel, long stride, long padding, bool bias)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using var single = nn.Conv1d(5, 7, kernel, stride: stride, padding: padding, bias: bias);
        using var twice = nn.Conv1d(5, 7, kernel, stride: stride, padding: padding, bias: bias).@double();
        twice.load_state_dict(single.state_dict().ToDictionary(one => one.Key, one => one.Value.to(float64)));
        var windows = randn(17, 13, 5);

        Tensor[] Run(nn.Module<Tensor, Tensor> layer, ScalarType type)
        {
            var leaf = windows.to(type).detach().requires_grad_();
            var output = layer.call(leaf.transpose(1, 2));
            (output * arange(output.numel(), type).sin().reshape(output.shape)).sum().backward();
            return [output, leaf.grad!, .. layer.parameters().Select(one => one.grad!)];
        }

        var (fast, slow) = (Run(single, float32), Run(twice, float64));

        for (var i = 0; i < slow.Length; i++)
        {
            Assert.Equal(slow[i].shape, fast[i].shape);
            Assert.True(fast[i].to(float64).allclose(slow[i], rtol: 2e-5, atol: 1e-5), $"[{i}]");
        }
    }

    [Fact]
    public void Channels_that_lie_apart_give_the_same_as_channels_that_lie_together()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var layer = nn.Conv1d(5, 7, 3, padding: 1);
        var input = randn(2, 5, 13);

        var apart = layer.call(input);
        var together = layer.call(input.transpose(1, 2).contiguous().transpose(1, 2));

        Assert.True(apart.allclose(together, atol: 1e-6));
    }

    [Fact]
    public void A_kernel_longer_than_the_padded_series_is_refused()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Conv1d(5, 7, 9, padding: 1);

        var error = Assert.Throws<ExternalException>(() => layer.call(zeros(2, 6, 5).transpose(1, 2)));

        Assert.Contains(
            "Conv1d(5, 7, 9): the input is Float32 [2, 5, 6] on cpu; it must be Float32 [batch, 5, time of 7 or more]",
            error.Message);
    }
}
