using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainingCluster.EngineTests.Tensors;

[Collection(TensorCollection.Name)]
public sealed class OptimizerSpecs
{
    // Five steps on (p − 1)² from (3, −2), computed by PyTorch 1.13.
    public static TheoryData<string, float[]> Paths => new()
    {
        {
            "adam",
            [2.9f, -1.9f, 2.8001666f, -1.8001027f, 2.7006235f, -1.7003815f, 2.601505f, -1.6009135f,
                2.502956f, -1.5017794f]
        },
        {
            "adamw",
            [
                2.897f, -1.898f, 2.7942758f, -1.7962072f, 2.6919556f, -1.6946963f, 2.5901785f, -1.5935458f,
                    2.489095f,
                -1.4928379f,
            ]
        },
        {
            "sgd",
            [
                2.59997f, -1.3999801f, 1.9199231f, -0.37995204f, 1.1238769f, 0.81406736f, 0.38264877f,
                    1.9258633f,
                -0.16099013f, 2.7412877f,
            ]
        },
        {
            "rmsprop",
            [
                2.9f, -1.9f, 2.8309433f, -1.8303174f, 2.7753494f, -1.7738885f, 2.7277138f, -1.7253063f,
                    2.6854815f,
                -1.6820538f,
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void Five_steps_are_PyTorchs(string name, float[] expected)
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(tensor(new[] { 3f, -2f }));
        using var optimizer = Make(name, [parameter]);
        var path = new List<float>();

        for (var i = 0; i < 5; i++)
        {
            Slope(optimizer, parameter);
            optimizer.step();
            path.AddRange(parameter.data<float>());
        }

        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - path[i]) <= 1e-6, $"[{i}]: {path[i]} is not {expected[i]}");
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("amsgrad")]
    [InlineData("adamw")]
    [InlineData("sgd")]
    [InlineData("rmsprop")]
    public void A_path_broken_off_and_resumed_has_the_same_bytes(string name)
    {
        using var scope = NewDisposeScope();
        var whole = new Parameter(tensor(new[] { 3f, -2f, .1f }));
        using var steady = Make(name, [whole]);
        for (var i = 0; i < 9; i++) Advance(steady, whole);
        var first = new Parameter(tensor(new[] { 3f, -2f, .1f }));
        using var before = Make(name, [first]);
        for (var i = 0; i < 4; i++) Advance(before, first);
        using var file = new MemoryStream();
        before.save_state_dict(new BinaryWriter(file));
        file.Position = 0;

        var second = new Parameter(first.detach().clone());
        using var after = Make(name, [second]);
        foreach (var group in after.ParamGroups) group.LearningRate = 99;
        after.load_state_dict(new BinaryReader(file));
        for (var i = 4; i < 9; i++) Advance(after, second);

        Assert.Equal(whole.data<float>().ToArray(), second.data<float>().ToArray());
    }

    [Fact]
    public void A_state_can_go_over_in_memory()
    {
        using var scope = NewDisposeScope();
        var first = new Parameter(tensor(new[] { 3f, -2f }));
        using var before = Make("adam", [first]);
        for (var i = 0; i < 3; i++) Advance(before, first);
        var second = new Parameter(first.detach().clone());
        using var after = Make("adam", [second]);

        after.load_state_dict(before.state_dict());
        Advance(before, first);
        Advance(after, second);

        Assert.Equal(first.data<float>().ToArray(), second.data<float>().ToArray());
        Assert.Equal(4, ((Adam.State)after.state_dict().State[0]).step);
    }

    [Fact]
    public void A_state_of_another_optimizer_is_refused()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(tensor(new[] { 3f, -2f }));
        using var adam = Make("adam", [parameter]);
        using var sgd = Make("sgd", [parameter]);
        using var two = Make("adam", [parameter, new Parameter(tensor(new[] { 1f }))]);
        using var file = new MemoryStream();
        adam.save_state_dict(new BinaryWriter(file));

        file.Position = 0;
        var kind = Assert.Throws<InvalidDataException>(() => sgd.load_state_dict(new BinaryReader(file)));
        file.Position = 0;
        var count = Assert.Throws<ArgumentException>(() => two.load_state_dict(new BinaryReader(file)));

        Assert.Equal("the state is of the optimizer Adam; this one is SGD", kind.Message);
        Assert.Contains("1 groups with 1 parameters; this optimizer has 1 groups with 2 parameters",
            count.Message);
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays()
    {
        using var scope = NewDisposeScope();
        var used = new Parameter(tensor(new[] { 3f }));
        var idle = new Parameter(tensor(new[] { 5f }));
        using var optimizer = Make("adamw", [used, idle]);

        Advance(optimizer, used);

        Assert.Equal(5f, idle.item<float>());
        Assert.Equal([1, 0], optimizer.state_dict().State.Cast<Adam.State>().Select(one => one.step));
    }

    [Fact]
    public void The_learning_rate_can_change_between_steps()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(tensor(new[] { 3f }));
        using var optimizer = optim.SGD([parameter], 0.1);
        foreach (var group in optimizer.ParamGroups) group.LearningRate = 0.25;

        Slope(optimizer, parameter);
        optimizer.step();

        Assert.Equal(2f, parameter.item<float>());
    }

    [Fact]
    public void Float_and_double_take_the_same_path()
    {
        using var scope = NewDisposeScope();
        var single = new Parameter(tensor(new[] { 3f, -2f }));
        var twice = new Parameter(tensor(new[] { 3.0, -2.0 }));
        using var one = Make("amsgrad", [single]);
        using var other = Make("amsgrad", [twice]);

        for (var i = 0; i < 20; i++)
        {
            Advance(one, single);
            Advance(other, twice);
        }

        Assert.True(single.@double().allclose(twice, atol: 1e-5));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(tensor(new[] { 3f }));

        var rate = Assert.Throws<ArgumentOutOfRangeException>(() => optim.Adam([parameter], lr: -1));
        var beta = Assert.Throws<ArgumentOutOfRangeException>(() => optim.Adam([parameter], beta2: 1));
        var twice = Assert.Throws<ArgumentException>(() => optim.Adam([parameter, parameter]));

        Assert.Contains("learning rate is -1; it must be at least 0", rate.Message);
        Assert.Contains("beta2 is 1; it must be at least 0 and below 1", beta.Message);
        Assert.Contains("twice", twice.Message);
    }

    [Fact]
    public void Clipping_scales_all_gradients_to_the_norm()
    {
        using var scope = NewDisposeScope();
        var first = new Parameter(zeros(3));
        var second = new Parameter(zeros(2));
        first.grad = tensor(new[] { 3f, 4f, 0f });
        second.grad = tensor(new[] { 12f, 0f });

        var norm = nn.utils.clip_grad_norm_([first, second], 5);
        var again = nn.utils.clip_grad_norm_([first, second], 50);

        Assert.Equal(13, norm, 1e-6);
        Assert.Equal(5, again, 1e-5);
        CnnLstmSpecs.AssertClose([1.153846f, 1.5384614f, 0f], first.grad!, 1e-6f);
        CnnLstmSpecs.AssertClose([4.6153841f, 0f], second.grad!, 1e-6f);
    }

    private static OptimizerHelper Make(string name, Parameter[] parameters) => name switch
    {
        "adam" => optim.Adam(parameters, 0.1),
        "amsgrad" => optim.Adam(parameters, 0.1, weight_decay: 0.01, amsgrad: true),
        "adamw" => optim.AdamW(parameters, 0.1, weight_decay: 0.01),
        "sgd" => optim.SGD(parameters, 0.1, momentum: 0.9, weight_decay: 1e-4),
        _ => optim.RMSProp(parameters, 0.01),
    };

    private static void Slope(optim.Optimizer optimizer, Parameter parameter)
    {
        optimizer.zero_grad();
        (parameter - 1).pow(2).sum().backward();
    }

    private static void Advance(optim.Optimizer optimizer, Parameter parameter)
    {
        using var scope = NewDisposeScope();
        Slope(optimizer, parameter);
        optimizer.step();
    }
}
