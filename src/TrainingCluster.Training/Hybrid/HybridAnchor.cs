using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Ppo;

namespace TrainingCluster.Training.Hybrid;

/// <summary>
/// What the policy that the fine-tuning began with would do in the situations of a rollout.
/// </summary>
internal sealed class HybridAnchor
{
    private readonly PpoNetwork _network;
    private readonly DenseActivations _scratch;
    private readonly float[] _logs;
    private float[] _gathered = [];

    /// <param name="policy">Copied as it is now.</param>
    /// <param name="transitions">Of a rollout.</param>
    public HybridAnchor(PpoNetwork policy, int transitions)
    {
        _network = PpoNetwork.FromParameters(policy.Options, policy.Parameters);
        _scratch = new DenseActivations(policy.Policy, transitions);
        _logs = new float[transitions * policy.Options.Actions];
    }

    public void Fill(RolloutBuffer rollout)
    {
        var actions = _network.Options.Actions;
        var logits = _network.Logits(rollout.Observations, rollout.Count, _scratch);
        for (var at = 0; at < _logs.Length; at += actions)
        {
            Categorical.LogProbabilities(logits.Slice(at, actions), _logs.AsSpan(at, actions));
        }
    }

    /// <returns>[row, action]; valid until the next call.</returns>
    public float[] Gather(ReadOnlySpan<int> transitions)
    {
        var actions = _network.Options.Actions;
        if (_gathered.Length != transitions.Length * actions)
        {
            _gathered = new float[transitions.Length * actions];
        }

        for (var row = 0; row < transitions.Length; row++)
        {
            _logs.AsSpan(transitions[row] * actions, actions).CopyTo(_gathered.AsSpan(row * actions));
        }

        return _gathered;
    }
}
