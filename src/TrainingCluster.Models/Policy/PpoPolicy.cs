namespace TrainingCluster.Models.Policy;

/// <summary>
/// A trained policy with the scaling it was trained with: raw observation in, action out. One thread.
/// </summary>
public sealed class PpoPolicy
{
    private readonly PpoNetwork _network;
    private readonly ObservationNormalizer? _normalizer;
    private readonly DenseActivations _scratch;
    private readonly float[] _scaled;

    /// <param name="normalizer">Null where the policy takes observations as they are.</param>
    public PpoPolicy(PpoNetwork network, ObservationNormalizer? normalizer)
    {
        _network = network;
        _normalizer = normalizer;
        _scratch = new DenseActivations(network.Policy, 1);
        _scaled = new float[network.Options.Observations];
    }

    /// <summary>The likeliest action for one raw observation.</summary>
    public int Act(ReadOnlySpan<float> observation) => Categorical.Mode(Logits(observation));

    /// <summary>Logits [action] for one raw observation; valid until the next call.</summary>
    public ReadOnlySpan<float> Logits(ReadOnlySpan<float> observation)
    {
        if (_normalizer is null)
        {
            return _network.Logits(observation, 1, _scratch);
        }

        _normalizer.Apply(observation, _scaled);
        return _network.Logits(_scaled, 1, _scratch);
    }
}
