using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Numerics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainingCluster.Models.CnnLstm;

/// <summary>
/// The encoder: Conv1d, ReLU, Conv1d, ReLU, LSTM, Linear, and beside them a linear path from the last bar.
/// Maps float32 windows [batch, time, feature] to logits [batch, 4]: next bar up, then stop, timeout and
/// profit of the trade in the strategy's direction.
/// </summary>
/// <remarks>
/// Convolutions before a recurrent layer: Sainath et al. 2015, "Convolutional, Long Short-Term Memory, Fully
/// Connected Deep Neural Networks", section 2, here in one dimension. LSTM: Hochreiter, Schmidhuber 1997,
/// with the forget gate of Gers et al. 2000, gates in libtorch's order i, f, g, o. Only the LSTM's last
/// output reaches the head. The linear path is the wide part of Cheng et al. 2016, "Wide &amp; Deep Learning
/// for Recommender Systems", section 3, and begins at zero: a few thousand bars with the little signal that
/// returns have teach a linear map long before they teach the deep part. Weights come from the caller's
/// stream: the constructors below draw from libtorch's default generator, and what they draw is overwritten.
/// </remarks>
public sealed class CnnLstmNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Conv1d conv1;
    private readonly Conv1d conv2;
    private readonly LSTM lstm;
    private readonly Linear head;
    private readonly Linear wide;
    private Device? _first;
    private Device? _rest;

    /// <param name="architecture">The sizes.</param>
    /// <param name="weights">Draws every weight, in the order of the parameters.</param>
    public CnnLstmNetwork(CnnLstmArchitecture architecture, RandomStream weights)
        : base(nameof(CnnLstmNetwork))
    {
        Architecture = architecture.Validated();
        var (features, _, kernel, stride, first, second, hidden) = architecture;
        conv1 = nn.Conv1d(features, first, kernel, stride: stride, padding: kernel / 2);
        conv2 = nn.Conv1d(first, second, kernel, stride: stride, padding: kernel / 2);
        lstm = nn.LSTM(second, hidden, batchFirst: true);
        head = nn.Linear(hidden, CnnLstmArchitecture.Outputs);
        wide = nn.Linear(features, CnnLstmArchitecture.Outputs, hasBias: false);
        RegisterComponents();
        NetworkWeights.Draw(this, weights);
        NetworkWeights.Clear(wide);
    }

    public CnnLstmArchitecture Architecture { get; }

    /// <param name="input">[batch, time, feature], float32.</param>
    /// <returns>[batch, 4] logits.</returns>
    public override Tensor forward(Tensor input)
    {
        if (input.dim() != 3 || input.shape[1] != Architecture.Window
            || input.shape[2] != Architecture.Features)
        {
            throw new ArgumentException(
                $"the windows are [{string.Join(", ", input.shape)}]; the encoder needs "
                + $"[batch, {Architecture.Window}, {Architecture.Features}]", nameof(input));
        }

        using var scope = NewDisposeScope();
        return Read(Convolve(input), input).MoveToOuterDisposeScope();
    }

    /// <summary>What the convolutions make of windows.</summary>
    /// <param name="input">[batch, time, feature].</param>
    /// <returns>[batch, time / stride², conv2].</returns>
    public Tensor Convolve(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = Moved(input, _first).transpose(1, 2);     // [batch, feature, time]
        x = nn.functional.relu(conv1.call(x));            // [batch, conv1, time / stride]
        x = nn.functional.relu(conv2.call(x));            // [batch, conv2, time / stride²]
        return x.transpose(1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>What the LSTM and the linear layers make of it.</summary>
    /// <param name="features">[batch, time / stride², conv2], of <see cref="Convolve"/>.</param>
    /// <param name="input">The windows [batch, time, feature] that it was made of.</param>
    /// <returns>[batch, 4] logits.</returns>
    public Tensor Read(Tensor features, Tensor input)
    {
        using var scope = NewDisposeScope();
        var (_, states, _) = lstm.call(Moved(features, _rest)); // [1, batch, hidden], after the last bar
        var last = states.squeeze(0);                           // [batch, hidden]
        var latest = Moved(input.select(1, Architecture.Window - 1), _rest); // [batch, feature]
        return (head.call(last) + wide.call(latest)).MoveToOuterDisposeScope(); // [batch, 4]
    }

    /// <summary>
    /// Puts the convolutions on one device and the rest on another; what passes between them is copied.
    /// </summary>
    public void Place(Device convolutions, Device rest)
    {
        (_first, _rest) = (convolutions, rest);
        conv1.to(convolutions);
        conv2.to(convolutions);
        lstm.to(rest);
        head.to(rest);
        wide.to(rest);
    }

    private static Tensor Moved(Tensor values, Device? device) => device is null ? values : values.to(device);
}
