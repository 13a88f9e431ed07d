using TrainingCluster.Models.Artifacts;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Agents;

/// <summary>The policy of an agent from replay at one moment, with all that learning on needs.</summary>
/// <param name="Shape">An algorithm of its shape: names the networks and makes policies.</param>
/// <param name="State">Of the learner.</param>
internal sealed record ReplaySnapshot(
    ReplayAgent Agent, IOffPolicyAlgorithm Shape, ImmutableArray<int> Hidden, int Iteration, OffPolicySnapshot State)
    : IPolicySnapshot
{
    public double Score => State.Score;

    public int Observations => Normalizer.Means.Length;

    public NormalizerState Normalizer => State.Normalizer
        ?? throw new InvalidOperationException("a policy of the market scales what it sees");

    public ImmutableSortedDictionary<string, ArtifactTensor> ToTensors()
    {
        var networks = Shape.Networks.Sum(network => network.Shape.ParameterCount);
        return DenseNetworkTensors.Export(Shape.Networks, State.Parameters.AsSpan(0, networks)).AddRange(
            Shape.Numbers.Select((name, i) => KeyValuePair.Create(
                name, ArtifactTensor.Of(State.Parameters.AsSpan(networks + i, 1), 1))));
    }

    public ITradingPolicy ToTradingPolicy() => new GreedyAction(
        new ScaledPolicy(Shape.Policy(State.Parameters), new ObservationNormalizer(Normalizer)), Agent.Meaning);
}
