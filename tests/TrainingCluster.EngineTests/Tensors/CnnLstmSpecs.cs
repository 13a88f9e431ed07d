using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainingCluster.EngineTests.Tensors;

[Collection(TensorCollection.Name)]
public sealed class CnnLstmSpecs
{
    [Fact]
    public void Logits_loss_and_every_gradient_are_PyTorchs()
    {
        using var scope = NewDisposeScope();
        using var network = new CnnLstmNetwork(4, 8, 6, 3, Padding());
        network.load_state_dict(CnnLstmGolden.Parameters().ToDictionary(
            one => one.Name, one => tensor(one.Value, one.Shape)));
        var input = tensor(CnnLstmGolden.Input, [2, 5, 4]);
        var classes = tensor(CnnLstmGolden.Classes);

        var logits = network.call(input);
        var loss = nn.functional.cross_entropy(logits, classes);
        loss.backward();

        AssertClose(CnnLstmGolden.Logits, logits, 1e-5f);
        Assert.Equal(CnnLstmGolden.Loss, loss.item<float>(), 1e-5f);
        foreach (var (name, _, _, gradient) in CnnLstmGolden.Parameters())
            AssertClose(gradient, network.get_parameter(name)!.grad!, 1e-5f);
    }

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var network = new CnnLstmNetwork(2, 3, 5, 2).@double();
        var input = randn(7, 11, 2, float64);
        var target = randn(7, 2, float64);
        double Loss() => nn.functional.mse_loss(network.call(input), target).item<double>();
        nn.functional.mse_loss(network.call(input), target).backward();

        foreach (var (name, parameter) in network.named_parameters())
        {
            var values = parameter.data<double>();
            var gradient = parameter.grad!.data<double>().ToArray();
            double[] at = [0];
            for (var i = 0; i < gradient.Length; i += Math.Max(1, gradient.Length / 5))
            {
                values.CopyTo(at, tensorIndex: i);
                var before = at[0];
                const double Step = 1e-6;
                values.CopyFrom([before + Step], tensorIndex: i);
                var above = Loss();
                values.CopyFrom([before - Step], tensorIndex: i);
                var below = Loss();
                values.CopyFrom([before], tensorIndex: i);

                var slope = (above - below) / (2 * Step);
                Assert.True(Math.Abs(slope - gradient[i]) < 1e-7,
                    $"{name}[{i}]: {slope} against {gradient[i]}");
            }
        }
    }

    [Fact]
    public void An_LSTM_gives_output_and_states_of_the_shapes_it_says()
    {
        using var scope = NewDisposeScope();
        using var lstm = nn.LSTM(5, 7, numLayers: 2, batchFirst: true, bidirectional: true);
        var input = randn(3, 11, 5);

        var (output, hidden, cell) = lstm.call(input);

        Assert.Equal([3, 11, 14], output.shape);
        Assert.Equal([4, 3, 7], hidden.shape);
        Assert.Equal([4, 3, 7], cell.shape);
    }

    [Fact]
    public void An_LSTM_computes_the_gates_in_the_order_i_f_g_o()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var lstm = nn.LSTM(3, 2);
        var input = randn(1, 1, 3);
        var h0 = randn(1, 1, 2);
        var c0 = randn(1, 1, 2);

        var (output, _, cell) = lstm.call(input, (h0, c0));

        var gates = (input[0].matmul(lstm.get_parameter("weight_ih_l0")!.T)
            + lstm.get_parameter("bias_ih_l0")!
            + h0[0].matmul(lstm.get_parameter("weight_hh_l0")!.T)
                + lstm.get_parameter("bias_hh_l0")!).chunk(4, 1);
        var expectedCell = gates[1].sigmoid() * c0[0] + gates[0].sigmoid() * gates[2].tanh();
        Assert.True(cell[0].allclose(expectedCell, atol: 1e-6));
        Assert.True(output[0].allclose(gates[3].sigmoid() * expectedCell.tanh(), atol: 1e-6));
    }

    [Fact]
    public void A_sequence_in_two_halves_gives_what_the_whole_gives()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var lstm = nn.LSTM(3, 5, batchFirst: true);
        using var gru = nn.GRU(3, 5, batchFirst: true);
        var input = randn(2, 7, 3);

        var (whole, _, _) = lstm.call(input);
        var (_, hidden, cell) = lstm.call(input.narrow(1, 0, 4));
        var (end, _, _) = lstm.call(input.narrow(1, 4, 3), (hidden, cell));
        var (gruWhole, _) = gru.call(input);
        var (_, gruHidden) = gru.call(input.narrow(1, 0, 4));
        var (gruEnd, _) = gru.call(input.narrow(1, 4, 3), gruHidden);

        Assert.True(end.allclose(whole.narrow(1, 4, 3), atol: 1e-6));
        Assert.True(gruEnd.allclose(gruWhole.narrow(1, 4, 3), atol: 1e-6));
    }

    internal static void AssertClose(float[] expected, Tensor actual, float tolerance)
    {
        var values = actual.data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - values[i]) <= tolerance,
                $"[{i}]: {values[i]} is not {expected[i]}");
    }

    // The golden network pads so that five steps stay five.
    private static long Padding() => 1;
}
