using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainingCluster.Models.Recurrent;

/// <summary>
/// Makes a few numbers of a window: an LSTM's last output (Hochreiter, Schmidhuber 1997), with convolutions over time
/// before it where asked (Sainath et al. 2015). Maps float32 [batch, time, entry] to [batch, hidden], each number in
/// ±1. Weights come from the caller's stream alone.
/// </summary>
public sealed class WindowEncoder : nn.Module<Tensor, Tensor>
{
    private readonly Sequential? convolutions;
    private readonly LSTM lstm;

    /// <exception cref="ArgumentException">A size is out of range; all are named.</exception>
    public WindowEncoder(WindowEncoderOptions options, RandomStream weights)
        : base(nameof(WindowEncoder))
    {
        string[] violations = [.. options.Violations()];
        if (violations.Length > 0)
        {
            throw new ArgumentException("the encoder cannot be built: " + string.Join("; ", violations));
        }

        Options = options;
        var (layers, entries) = (new List<(string, nn.Module<Tensor, Tensor>)>(), options.Entries);
        foreach (var channels in options.Convolutions)
        {
            layers.Add(($"conv{layers.Count}", nn.Conv1d(
                entries, channels, options.Kernel, stride: 1, padding: options.Kernel / 2)));
            layers.Add(($"relu{layers.Count}", nn.ReLU()));
            entries = channels;
        }

        convolutions = layers.Count == 0 ? null : nn.Sequential(layers.ToArray());
        lstm = nn.LSTM(entries, options.Hidden, batchFirst: true);
        RegisterComponents();
        NetworkWeights.Draw(this, weights);
    }

    public WindowEncoderOptions Options { get; }

    /// <param name="input">[batch, time, entry], float32.</param>
    /// <returns>[batch, hidden].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var steps = convolutions is null ? input : convolutions.call(input.transpose(1, 2)).transpose(1, 2);
        var (_, states, _) = lstm.call(steps); // [1, batch, hidden], after the last step
        return states.squeeze(0).MoveToOuterDisposeScope();
    }

    /// <summary>Runs it without gradients.</summary>
    /// <param name="windows">[row, time, entry].</param>
    /// <param name="features">[row, hidden], overwritten.</param>
    public void Encode(ReadOnlySpan<float> windows, int rows, Span<float> features)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        TensorCopies.Floats(call(Input(windows, rows))).CopyTo(features);
    }

    /// <summary>Runs it, lets the caller find the loss, and takes its gradient back.</summary>
    /// <param name="windows">[row, time, entry].</param>
    /// <param name="features">[row, hidden], overwritten before <paramref name="through"/> is asked.</param>
    /// <param name="through">Gives the loss by features, [row, hidden].</param>
    /// <param name="gradient">Loss by the flat weights, as <see cref="NetworkWeights.Flatten"/> has them;
    /// overwritten.</param>
    public void Differentiate(
        ReadOnlySpan<float> windows, int rows, Span<float> features, Func<float[]> through, Span<float> gradient)
    {
        using var scope = NewDisposeScope();
        zero_grad();
        var output = call(Input(windows, rows));
        TensorCopies.Floats(output).CopyTo(features);
        // A sum weighted by the slopes has exactly them as its gradient by the features.
        var slopes = TensorCopies.Of(through(), rows, Options.Hidden);
        (output * slopes).sum().backward();
        NetworkWeights.Gradients(this, gradient);
    }

    private Tensor Input(ReadOnlySpan<float> windows, int rows) => TensorCopies.Of(
        windows[..(rows * Options.Steps * Options.Entries)].ToArray(), rows, Options.Steps, Options.Entries);
}
