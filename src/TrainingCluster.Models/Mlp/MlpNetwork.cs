using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainingCluster.Models.Mlp;

/// <summary>
/// A perceptron over a whole window: Linear, ReLU, Linear, ReLU, Linear. The plain control that an encoder has
/// to beat; it reads and gives what <see cref="CnnLstm.CnnLstmNetwork"/> does. Weights come from the caller's
/// stream.
/// </summary>
public sealed class MlpNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Linear first;
    private readonly Linear second;
    private readonly Linear head;
    private readonly long _inputs;

    /// <param name="features">Columns of a window, at least 1.</param>
    /// <param name="window">Bars of a window, at least 1.</param>
    /// <param name="hidden">Width of both hidden layers, at least 1.</param>
    /// <param name="outputs">Logits of a window.</param>
    /// <param name="weights">Draws every weight, in the order of the parameters.</param>
    public MlpNetwork(int features, int window, int hidden, int outputs, RandomStream weights)
        : base(nameof(MlpNetwork))
    {
        _inputs = (long)features * window;
        first = nn.Linear(_inputs, hidden);
        second = nn.Linear(hidden, hidden);
        head = nn.Linear(hidden, outputs);
        RegisterComponents();
        NetworkWeights.Draw(this, weights);
    }

    /// <param name="input">[batch, time, feature].</param>
    /// <returns>[batch, outputs] logits.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input.reshape(input.shape[0], _inputs);
        x = nn.functional.relu(first.call(x));  // [batch, hidden]
        x = nn.functional.relu(second.call(x)); // [batch, hidden]
        return head.call(x).MoveToOuterDisposeScope();
    }
}
