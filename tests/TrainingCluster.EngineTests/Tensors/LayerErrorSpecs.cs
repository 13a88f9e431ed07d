using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TrainingCluster.EngineTests.Tensors;

[Collection(TensorCollection.Name)]
public sealed class LayerErrorSpecs
{
    [Fact]
    public void A_layer_that_refuses_its_input_says_its_name_both_shapes_and_what_it_wanted()
    {
        using var scope = NewDisposeScope();
        using var network = new CnnLstmNetwork(4, 8, 6, 3);
        using var linear = nn.Linear(3, 2);
        using var norm = nn.LayerNorm(5);
        using var gru = nn.GRU(3, 2);

        Refused("c = Conv1d(4, 8, 3): the input is Float32 [2, 7, 5] on cpu; it must be Float32 [batch, 4, time",
            () => network.call(zeros(2, 5, 7)));
        Refused("Linear(3, 2): the input is Float32 [7, 4] on cpu; it must be Float32 [.., 3] on cpu",
            () => linear.call(zeros(7, 4)));
        Refused("Linear(3, 2): the input is Float64 [7, 3] on cpu; it must be Float32 [.., 3] on cpu",
            () => linear.call(zeros(7, 3, float64)));
        Refused("LayerNorm(5): the input is Float32 [7, 4] on cpu; it must be Float32 [.., 5] on cpu",
            () => norm.call(zeros(7, 4)));
        Refused("GRU(3, 2): the input is Float32 [2, 2, 4] on cpu; it must be Float32 [time, batch, 3] on cpu",
            () => gru.call(zeros(2, 2, 4)));
    }

    private static void Refused(string expected, Action call) =>
        Assert.Contains(expected, Assert.Throws<ExternalException>(call).Message);
}
