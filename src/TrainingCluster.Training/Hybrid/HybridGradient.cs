using TrainingCluster.Models.Hybrid;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;
using static TorchSharp.torch;

namespace TrainingCluster.Training.Hybrid;

/// <summary>
/// The gradient of PPO's loss by both halves of a hybrid. Each bar of a minibatch goes through the encoder
/// once, however many transitions show it. Holds scratch memory only.
/// </summary>
internal sealed class HybridGradient
{
    private readonly AgentMarket _market;
    private readonly HybridNetwork _network;
    private readonly PpoGradient _loss;
    private readonly int[] _windowOfBar;
    private readonly HybridRow[] _rows;
    private readonly float[] _inputs;

    public HybridGradient(AgentMarket market, HybridNetwork network, int rows)
    {
        (_market, _network) = (market, network);
        _loss = new PpoGradient(network.Policy, rows);
        _windowOfBar = new int[market.Data.Panel.Count];
        _rows = new HybridRow[rows];
        _inputs = new float[rows * network.Policy.Options.Observations];
        Policy = new float[network.Policy.ParameterCount];
        Encoder = new float[network.EncoderParameters];
    }

    /// <summary>Loss by the policy's flat parameters.</summary>
    public float[] Policy { get; }

    /// <summary>Loss by the encoder's flat parameters.</summary>
    public float[] Encoder { get; }

    /// <summary>Fills both gradients; the batch's encoder entries become the live ones.</summary>
    public PpoLossTerms Compute(PpoBatch batch, PpoLossWeights weights)
    {
        var bars = batch.Tags.Distinct().Order().ToArray();
        for (var i = 0; i < bars.Length; i++)
        {
            _windowOfBar[bars[i]] = i;
        }

        for (var row = 0; row < batch.Rows; row++)
        {
            var bar = batch.Tags[row];
            _rows[row] = new HybridRow(_windowOfBar[bar], _market.Data.Direction[bar]);
        }

        PpoLossTerms terms = default;
        using var scope = NewDisposeScope();
        var windows = EncoderInference.Batch(_market.Data.Windows, bars);
        _network.Backward(
            windows,
            _rows,
            batch.Observations,
            () =>
            {
                terms = _loss.Compute(_network.Policy, batch, weights, Policy, _inputs);
                return _inputs;
            },
            Encoder);
        return terms;
    }
}
