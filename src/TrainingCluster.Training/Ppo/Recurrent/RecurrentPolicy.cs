using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Models.Policy;
using TrainingCluster.Models.Recurrent;

namespace TrainingCluster.Training.Ppo.Recurrent;

/// <summary>A trained policy that remembers the episode it is in. One thread.</summary>
public sealed class RecurrentPolicy : IDisposable
{
    private readonly WindowEncoder _encoder;
    private readonly PpoPolicy _policy;
    private readonly ObservationHistory _history;
    private readonly float[] _features;
    private bool _begun;

    /// <exception cref="ArgumentException">The snapshot's policy has no memory.</exception>
    public RecurrentPolicy(PpoSnapshot snapshot)
    {
        var memory = snapshot.Memory
            ?? throw new ArgumentException("the policy has no memory; use its ToPolicy", nameof(snapshot));
        _encoder = new WindowEncoder(memory.Shape, new Seed(0).Stream());
        NetworkWeights.Restore(_encoder, memory.Weights);
        _policy = new PpoPolicy(snapshot.ToNetwork(), null);
        _history = new ObservationHistory(1, memory.Shape.Steps, memory.Shape.Entries - ObservationHistory.Marks);
        _features = new float[memory.Shape.Hidden];
    }

    /// <summary>Forgets: the next observation is an episode's first.</summary>
    public void Begin() => _begun = false;

    /// <summary>The likeliest action after one more raw observation.</summary>
    public int Act(ReadOnlySpan<float> observation)
    {
        if (_begun)
        {
            _history.Push(0, observation);
        }
        else
        {
            _history.Begin(0, observation);
        }

        _begun = true;
        _encoder.Encode(_history.Windows, 1, _features);
        return _policy.Act(_features);
    }

    public void Dispose() => _encoder.Dispose();
}
