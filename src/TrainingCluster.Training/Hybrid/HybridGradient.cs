using TrainingCluster.Models.Hybrid;
using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;

namespace TrainingCluster.Training.Hybrid;

/// <summary>The gradient of PPO's loss by both halves of a hybrid. Holds scratch memory only.</summary>
internal sealed class HybridGradient
{
    private readonly PpoNetwork _policy;
    private readonly PpoGradient _loss;
    private readonly EncoderGradient _encoder;
    private readonly float[] _inputs;

    public HybridGradient(AgentMarket market, JoinedEncoder network, PpoNetwork policy, int rows)
    {
        _policy = policy;
        _loss = new PpoGradient(policy, rows);
        _encoder = new EncoderGradient(market, network, rows);
        _inputs = new float[rows * policy.Options.Observations];
        Policy = new float[policy.ParameterCount];
    }

    /// <summary>Loss by the policy's flat parameters.</summary>
    public float[] Policy { get; }

    /// <summary>Loss by the encoder's flat parameters.</summary>
    public float[] Encoder => _encoder.Values;

    /// <summary>Fills both gradients; the batch's encoder entries become the live ones.</summary>
    public PpoLossTerms Compute(PpoBatch batch, PpoLossWeights weights)
    {
        PpoLossTerms terms = default;
        _encoder.Compute(batch.Tags.AsSpan(0, batch.Rows), batch.Observations, () =>
        {
            terms = _loss.Compute(_policy, batch, weights, Policy, _inputs);
            return _inputs;
        });
        return terms;
    }
}
