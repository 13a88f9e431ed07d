using TrainingCluster.Models.Hybrid;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Policies;
using static TorchSharp.torch;

namespace TrainingCluster.Training.Hybrid;

/// <summary>
/// The gradient of any loss by the encoder of a hybrid. Each bar of a minibatch goes through the encoder once, however
/// many transitions show it. Holds scratch memory only.
/// </summary>
internal sealed class EncoderGradient(AgentMarket market, JoinedEncoder network, int rows)
{
    private readonly int[] _windowOfBar = new int[market.Data.Panel.Count];
    private readonly HybridRow[] _rows = new HybridRow[rows];

    /// <summary>Loss by the encoder's flat parameters.</summary>
    public float[] Values { get; } = new float[network.EncoderParameters];

    /// <summary>Fills the gradient; the observations' encoder entries become the live ones.</summary>
    /// <param name="tags">[row]: bar of each observation.</param>
    /// <param name="observations">[row, entry], scaled.</param>
    /// <param name="throughObservations">Computes the loss; its slope by the observations, [row, entry].</param>
    public void Compute(ReadOnlySpan<int> tags, float[] observations, Func<float[]> throughObservations)
    {
        var bars = tags.ToArray().Distinct().Order().ToArray();
        for (var i = 0; i < bars.Length; i++)
        {
            _windowOfBar[bars[i]] = i;
        }

        for (var row = 0; row < tags.Length; row++)
        {
            _rows[row] = new HybridRow(_windowOfBar[tags[row]], market.Data.Direction[tags[row]]);
        }

        using var scope = NewDisposeScope();
        var windows = EncoderInference.Batch(market.Data.Windows, bars);
        network.Backward(windows, _rows.AsSpan(0, tags.Length), observations, throughObservations, Values);
    }
}
