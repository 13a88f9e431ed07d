using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainingCluster.EngineTests.Tensors;

[Collection(TensorCollection.Name)]
public sealed class ModuleSpecs : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Names_are_those_of_the_fields_and_of_PyTorch()
    {
        using var network = new CnnLstmNetwork(3, 5, 7, 2);

        Assert.Equal(CnnLstmGolden.Parameters().Select(one => one.Name), network.state_dict().Keys);
    }

    [Fact]
    public void Layers_map_shapes_as_they_say()
    {
        using var linear = nn.Linear(3, 5);
        using var convolution = nn.Conv1d(3, 5, 4, stride: 2, padding: 1, dilation: 3);
        using var grouped = nn.Conv1d(6, 4, 3, groups: 2, bias: false);
        using var norm = nn.LayerNorm([5, 7]);

        Assert.Equal([2, 11, 5], linear.call(zeros(2, 11, 3)).shape);
        Assert.Equal([2, 5, 10], convolution.call(zeros(2, 3, 27)).shape);
        Assert.Equal([2, 4, 9], grouped.call(zeros(2, 6, 11)).shape);
        Assert.Equal([2, 5, 7], norm.call(zeros(2, 5, 7)).shape);
        Assert.Equal([4, 3, 3], grouped.weight.shape);
    }

    [Fact]
    public void A_linear_layer_and_a_convolution_are_sums_of_products()
    {
        var input = tensor(new[] { 1f, 2f, 4f }, [1, 1, 3]);
        var kernel = tensor(new[] { 10f, 1f }, [1, 1, 2]);

        Assert.Equal([12f, 24f], nn.functional.conv1d(input, kernel).data<float>());
        Assert.Equal([1f, 12f, 24f, 40f], nn.functional.conv1d(input, kernel, padding: 1).data<float>());
        Assert.Equal([13f], nn.functional.linear(input[0, 0, ..2], kernel[0],
            tensor(new[] { -7f + 8f - 1f + 1f })).data<float>());
    }

    [Fact]
    public void Wrong_shapes_are_named_with_what_was_expected()
    {
        using var linear = nn.Linear(3, 5);

        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() =>
            linear.call(zeros(2, 7)));

        Assert.Contains("2x7 and 3x5", error.Message);
    }

    [Fact]
    public void A_saved_module_loads_into_another()
    {
        using var first = new CnnLstmNetwork(3, 5, 7, 2);
        using var second = new CnnLstmNetwork(3, 5, 7, 2);
        using var file = new MemoryStream();
        var input = randn(2, 11, 3);

        first.save(new BinaryWriter(file));
        file.Position = 0;
        second.load(new BinaryReader(file));

        Assert.Equal(file.Length, file.Position);
        Assert.Equal(first.call(input).data<float>().ToArray(), second.call(input).data<float>().ToArray());
    }

    [Fact]
    public void The_file_has_the_documented_bytes()
    {
        using var linear = nn.Linear(2, 1);
        nn.init.constant_(linear.weight, 1);
        nn.init.constant_(linear.bias!, -2);
        using var file = new MemoryStream();

        linear.save(new BinaryWriter(file));

        byte[] expected =
        [
            2,
            6, .. "weight"u8, 6, 2, 1, 2, 0, 0, 0x80, 0x3f, 0, 0, 0x80, 0x3f,
            4, .. "bias"u8, 6, 1, 1, 0, 0, 0, 0xc0,
        ];
        Assert.Equal(expected, file.ToArray());
    }

    [Fact]
    public void A_file_of_another_module_is_refused_and_says_why()
    {
        using var file = new MemoryStream();
        using (var linear = nn.Linear(2, 3)) linear.save(new BinaryWriter(file));
        byte[] whole = file.ToArray();

        string Refusal(nn.Module module, byte[] bytes)
        {
            using (module)
                return Assert.ThrowsAny<Exception>(() =>
                    module.load(new BinaryReader(new MemoryStream(bytes)))).Message;
        }

        Assert.Contains("«weight» is Float32 of shape [3, 5], but the value given is Float32 of shape [3, 2]",
            Refusal(nn.Linear(5, 3), whole));
        Assert.Contains("2 entries; the module Linear has 1",
            Refusal(nn.Linear(2, 3, hasBias: false), whole));
        Assert.Contains("«weight», which the module Sequential has not",
            Refusal(nn.Sequential(nn.Linear(2, 3)), whole));
        Assert.Contains("bytes", Refusal(nn.Linear(2, 3), whole[..^1]));
        Assert.Contains("type code 125", Refusal(nn.Linear(2, 3), [2, 6, .. "weight"u8, 125]));
    }

    [Fact]
    public void A_state_with_other_names_is_refused_unless_told_otherwise()
    {
        using var linear = nn.Linear(2, 3);
        var state = new Dictionary<string, Tensor> { ["weight"] = ones(3, 2), ["more"] = ones(1) };

        var error = Assert.Throws<InvalidOperationException>(() => linear.load_state_dict(state));
        var (missing, unexpected) = linear.load_state_dict(state, strict: false);

        Assert.Contains("missing [bias], unexpected [more]", error.Message);
        Assert.Equal(["bias"], missing);
        Assert.Equal(["more"], unexpected);
        Assert.Equal(6f, linear.weight.sum().item<float>());
    }

    [Fact]
    public void Evaluation_reaches_every_module_inside_and_stops_dropout()
    {
        using var network = nn.Sequential(nn.Linear(3, 5), nn.Sequential(nn.Dropout(.9), nn.ReLU()));
        var input = randn(7, 3);

        network.eval();
        Assert.All(network.modules(), module => Assert.False(module.training));
        Assert.Equal(network.call(input).data<float>().ToArray(),
            network.call(input).data<float>().ToArray());

        network.train();
        Assert.NotEqual(network.call(input).data<float>().ToArray(),
            network.call(input).data<float>().ToArray());
        Assert.Equal(["0", "1", "1.0", "1.1"], network.named_modules().Select(one => one.name));
    }

    [Fact]
    public void Conversion_to_double_keeps_values_and_gradients_flow()
    {
        using var network = new CnnLstmNetwork(3, 5, 7, 2);
        var before = network.parameters().Select(one => one.sum().ToDouble()).ToArray();

        network.@double();
        network.call(randn(2, 11, 3, float64)).sum().backward();

        Assert.All(network.parameters(), one => Assert.Equal(ScalarType.Float64, one.dtype));
        Assert.All(network.parameters(), one => Assert.NotNull(one.grad));
        Assert.Equal(before, network.parameters().Select(one => one.sum().ToDouble()), (a, b) =>
            Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Initial_weights_are_as_their_papers_say()
    {
        manual_seed(7);
        var wide = nn.init.orthogonal_(zeros(5, 11), 2);
        var tall = nn.init.orthogonal_(zeros(11, 5));
        var glorot = nn.init.xavier_uniform_(zeros(30, 20));
        var normal = nn.init.normal_(zeros(100, 100), 3, .5);
        using var linear = nn.Linear(400, 50);

        Assert.True(wide.mm(wide.T).allclose(eye(5) * 4, atol: 1e-5));
        Assert.True(tall.T.mm(tall).allclose(eye(5), atol: 1e-5));
        Assert.InRange(glorot.abs().max().item<float>(), .3, Math.Sqrt(6.0 / 50));
        Assert.Equal(3, normal.mean().ToDouble(), .02);
        Assert.Equal(.5, normal.std().ToDouble(), .02);
        Assert.InRange(linear.weight.abs().max().item<float>(), .049, 1 / Math.Sqrt(400));
    }

    [Fact]
    public void Losses_are_as_their_formulas_say()
    {
        var logits = tensor(new[] { .5f, -1f, 2f });
        var target = tensor(new[] { 1f, 0f, 1f });
        var weight = tensor(new[] { 1f, 2f, 3f });
        static double Plus(double x) => Math.Log(1 + Math.Exp(x));

        Assert.Equal((Plus(-.5) + 2 * Plus(-1) + 3 * Plus(-2)) / 3,
            nn.functional.binary_cross_entropy_with_logits(logits, target, weight).ToDouble(), 1e-6);
        Assert.Equal((.25 + 1 + 1) / 3, nn.functional.mse_loss(logits, target).ToDouble(), 1e-6);
        Assert.Equal(.125 + .5 + .5, nn.functional.smooth_l1_loss(logits, target, nn.Reduction.Sum).ToDouble(
            ), 1e-6);
        Assert.Equal(.09 * 1 / .5, nn.functional.huber_loss(tensor(new[] { .6f }), zeros(1), .3).ToDouble()
            + .045, .01);
        Assert.Equal([.5f, 1f, 1f], nn.functional.l1_loss(logits, target, nn.Reduction.None).data<float>());
        Assert.Equal(Plus(.5), nn.functional.softplus(logits, 1, 20)[0].ToDouble(), 1e-6);
    }

    [Fact]
    public void Cross_entropy_weighs_classes_and_skips_the_ignored()
    {
        var logits = tensor(new[] { 1f, 0f, 0f, 2f, 0f, 0f }, [3, 2]);
        var classes = tensor(new[] { 0L, 1L, 0L });
        static double Loss(double own, double other) => Math.Log(1 + Math.Exp(other - own));

        Assert.Equal((Loss(1, 0) + 3 * Loss(2, 0) + Loss(0, 0)) / 5,
            nn.functional.cross_entropy(logits, classes, tensor(new[] { 1f, 3f })).ToDouble(), 1e-6);
        Assert.Equal((Loss(1, 0) + Loss(0, 0)) / 2,
            nn.functional.cross_entropy(logits, classes, ignore_index: 1).ToDouble(), 1e-6);
        Assert.Equal(nn.functional.cross_entropy(logits, classes).ToDouble(),
            nn.functional.nll_loss(nn.functional.log_softmax(logits, 1), classes).ToDouble(), 1e-6);
    }

    [Fact]
    public void Parameters_go_into_a_vector_and_back()
    {
        using var linear = nn.Linear(2, 3);
        var vector = nn.utils.parameters_to_vector(linear.parameters());

        nn.utils.vector_to_parameters(vector * 2, linear.parameters());

        Assert.True(nn.utils.parameters_to_vector(linear.parameters()).allclose(vector * 2));
        Assert.Throws<ArgumentException>(
            () => nn.utils.vector_to_parameters(zeros(11), linear.parameters()));
    }
}
