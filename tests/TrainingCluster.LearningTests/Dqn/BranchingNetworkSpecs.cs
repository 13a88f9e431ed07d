using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Policy;
using TrainingCluster.Models.Values;

namespace TrainingCluster.LearningTests.Dqn;

public sealed class BranchingNetworkSpecs
{
    private const int Rows = 5;

    public static TheoryData<BranchingNetworkOptions> Shapes => new(
        new BranchingNetworkOptions(7, [3]) { Trunk = [6], Dueling = false },
        new BranchingNetworkOptions(7, [3]) { Trunk = [6, 5], Head = [4], Hidden = Nonlinearity.Tanh },
        new BranchingNetworkOptions(7, [3, 2, 4])
        {
            Encoders = [new EncoderSlice(0, 4, [5]), new EncoderSlice(4, 3, [6, 3])],
            Trunk = [6],
            Head = [4],
            Auxiliary = true,
            Hidden = Nonlinearity.Tanh,
        });

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradients_equal_finite_differences(BranchingNetworkOptions options)
    {
        var random = new Seed(3).Stream();
        var network = new BranchingNetwork(options);
        var scratch = new BranchingScratch(network, Rows);
        var parameters = new float[network.ParameterCount];
        network.Initialize(parameters, random, random);
        var input = Draw(Rows * 7, random);
        var slopes = Draw(Rows * options.Choices, random);
        var auxiliary = options.Auxiliary ? Draw(Rows, random) : [];
        var gradient = new float[parameters.Length];

        network.Forward(parameters, input, Rows, scratch);
        if (options.Auxiliary)
        {
            network.Auxiliary(parameters, Rows, scratch);
        }

        network.Backward(parameters, input, Rows, scratch, slopes, auxiliary, 1, gradient);

        double Loss()
        {
            var sum = 0.0;
            var values = network.Forward(parameters, input, Rows, scratch);
            for (var i = 0; i < values.Length; i++)
            {
                sum += (double)values[i] * slopes[i];
            }

            var further = options.Auxiliary ? network.Auxiliary(parameters, Rows, scratch) : [];
            for (var i = 0; i < further.Length; i++)
            {
                sum += (double)further[i] * auxiliary[i];
            }

            return sum;
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            const float step = 2e-3f;
            var kept = parameters[i];
            parameters[i] = kept + step;
            var higher = Loss();
            parameters[i] = kept - step;
            var lower = Loss();
            parameters[i] = kept;
            Assert.Equal((higher - lower) / (2 * step), gradient[i], 2e-2);
        }
    }

    [Fact]
    public void Values_are_the_state_value_plus_advantages_around_their_mean()
    {
        var network = new BranchingNetwork(new BranchingNetworkOptions(1, [3, 2]) { Trunk = [1] });
        var parameters = new float[network.ParameterCount];
        // Trunk weight and bias, V's, then the branches' weights [1, choices] and biases.
        float[] wanted = [0, 0, 0, 1.5f, 0, 0, 0, 0.2f, -0.1f, 0.5f, 0, 0, 1, 0];
        wanted.CopyTo(parameters, 0);

        var values = network.Forward(parameters, [0.7f], 1, new BranchingScratch(network, 1));

        Assert.Equal(wanted.Length, parameters.Length);
        float[] expected = [1.5f, 1.2f, 1.8f, 2.0f, 1.0f];
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], values[i], 1e-6f);
        }
    }

    [Fact]
    public void An_auxiliary_head_changes_no_value()
    {
        var options = new BranchingNetworkOptions(4, [3, 2]) { Head = [5] };
        var (plain, further) =
            (new BranchingNetwork(options), new BranchingNetwork(options with { Auxiliary = true }));
        var (left, right) = (new float[plain.ParameterCount], new float[further.ParameterCount]);
        plain.Initialize(left, new RandomStream(1), new RandomStream(2));
        further.Initialize(right, new RandomStream(1), new RandomStream(2));

        Assert.Equal(left, right[..further.ValueParameterCount]);
        Assert.Equal(plain.ParameterCount, further.ValueParameterCount);
    }

    [Fact]
    public void An_encoder_that_reads_beyond_the_observation_is_refused()
    {
        var options = new BranchingNetworkOptions(4, [2]) { Encoders = [new EncoderSlice(2, 3, [8])] };

        var refused = Assert.Throws<ArgumentException>(() => new BranchingNetwork(options));

        Assert.Contains("an encoder reads entries 2 to 4 of 4", refused.Message);
    }

    private static float[] Draw(int count, RandomStream random) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
}
