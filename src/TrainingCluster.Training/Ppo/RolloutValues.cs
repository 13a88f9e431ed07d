using TrainingCluster.Models.Policy;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Ppo;

/// <summary>
/// Values of many observations at once, after a rollout: the weights did not change during it, and a row gives
/// the same bits in any batch. Holds scratch memory only.
/// </summary>
internal sealed class RolloutValues
{
    private const int Rows = 256;
    private readonly SecondThread? _second;
    private readonly DenseActivations _hereScratch;
    private readonly DenseActivations _thereScratch;
    private readonly Action _here;
    private readonly Action _there;
    private PpoNetwork _network = null!;
    private float[] _observations = [];
    private float[] _values = [];

    public RolloutValues(PpoNetwork shape, SecondThread? second)
    {
        _second = second;
        _hereScratch = new DenseActivations(shape.Value, Rows);
        _thereScratch = new DenseActivations(shape.Value, Rows);
        _here = () => Fill(0, _values.Length / 2, _hereScratch);
        _there = () => Fill(_values.Length / 2, _values.Length, _thereScratch);
    }

    /// <param name="observations">As the network takes them, [row, entry].</param>
    /// <param name="values">[row], overwritten.</param>
    public void Fill(PpoNetwork network, float[] observations, float[] values)
    {
        (_network, _observations, _values) = (network, observations, values);
        if (_second is null || values.Length < Rows)
        {
            _here();
            _there();
        }
        else
        {
            _second.Run(_here, _there);
        }
    }

    private void Fill(int from, int to, DenseActivations scratch)
    {
        var size = _network.Options.Observations;
        for (var row = from; row < to; row += Rows)
        {
            var rows = Math.Min(Rows, to - row);
            _network.Values(_observations.AsSpan(row * size, rows * size), rows, scratch)
                .CopyTo(_values.AsSpan(row));
        }
    }
}
