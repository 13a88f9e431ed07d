using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Numerics;

namespace TrainingCluster.Models.Policy;

/// <summary>
/// The actor-critic of PPO for discrete actions: two separate perceptrons, observation → logits [batch,
/// action] and observation → value [batch]. Initialised as in Huang et al. 2022, "The 37 implementation
/// details of PPO", detail 2: orthogonal, gain √2 in hidden layers, 0.01 for the logits, 1 for the value,
/// biases 0. All parameters lie in one flat array, the policy's first: an optimizer sees a single vector.
/// </summary>
public sealed class PpoNetwork
{
    private const double PolicyGain = 0.01;
    private const double ValueGain = 1;
    private readonly Memory<float> _parameters;

    internal PpoNetwork(PpoNetworkOptions options, float[]? parameters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Actions, 2);

        Options = options;
        Policy = new DenseNetwork([options.Observations, .. options.Hidden, options.Actions]);
        Value = new DenseNetwork([options.Observations, .. options.Hidden, 1]);
        _parameters = parameters is null ? AlignedFloats.Allocate(ParameterCount) : AlignedFloats.Copy(parameters);
        if (_parameters.Length != ParameterCount)
        {
            throw new ArgumentException(
                $"the network has {ParameterCount} parameters, {_parameters.Length} were given",
                nameof(parameters));
        }
    }

    public PpoNetworkOptions Options { get; }

    public DenseNetwork Policy { get; }

    public DenseNetwork Value { get; }

    public int ParameterCount => Policy.ParameterCount + Value.ParameterCount;

    /// <summary>The flat parameters; writing to them changes the network.</summary>
    public Span<float> Parameters => _parameters.Span;

    public static PpoNetwork Create(PpoNetworkOptions options, RandomStream random)
    {
        var network = new PpoNetwork(options, null);
        network.Policy.Initialize(network.PolicyParameters, PolicyGain, random);
        network.Value.Initialize(network.ValueParameters, ValueGain, random);
        return network;
    }

    /// <summary>A network over a copy of the given flat parameters.</summary>
    public static PpoNetwork FromParameters(PpoNetworkOptions options, ReadOnlySpan<float> parameters) =>
        new(options, parameters.ToArray());

    /// <summary>Logits [rows, actions] of observations [rows, observations].</summary>
    public ReadOnlySpan<float> Logits(ReadOnlySpan<float> observations, int rows, DenseActivations scratch) =>
        Policy.Forward(PolicyParameters, observations, rows, scratch);

    /// <summary>Values [rows] of observations [rows, observations].</summary>
    public ReadOnlySpan<float> Values(ReadOnlySpan<float> observations, int rows, DenseActivations scratch) =>
        Value.Forward(ValueParameters, observations, rows, scratch);

    internal Span<float> PolicyParameters => _parameters.Span[..Policy.ParameterCount];

    internal Span<float> ValueParameters => _parameters.Span[Policy.ParameterCount..];

    /// <summary>Adds the gradient of a batch to a flat gradient laid out like the parameters.</summary>
    /// <param name="inputGradient">Through the policy only, [rows, observations]; empty where nobody
    /// asks.</param>
    public void PolicyBackward(
        ReadOnlySpan<float> observations, int rows, DenseActivations scratch,
        ReadOnlySpan<float> logitGradient,
        Span<float> gradient, Span<float> inputGradient) =>
        Policy.Backward(
            PolicyParameters, observations, rows, scratch, logitGradient,
            gradient[..Policy.ParameterCount], inputGradient);

    /// <summary>Adds the gradient of a batch to a flat gradient laid out like the parameters.</summary>
    public void ValueBackward(
        ReadOnlySpan<float> observations, int rows, DenseActivations scratch,
        ReadOnlySpan<float> valueGradient,
        Span<float> gradient, Span<float> inputGradient) =>
        Value.Backward(
            ValueParameters, observations, rows, scratch, valueGradient,
            gradient[Policy.ParameterCount..], inputGradient);
}
