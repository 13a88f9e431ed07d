using System.Runtime.InteropServices;
using System.Text;
using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>
/// The native torch::nn::LSTM or GRU behind a module. Its weights stay in C++; the parameters here share
/// their memory.
/// </summary>
internal sealed unsafe class RecurrentCore : IDisposable
{
    private nint handle;

    internal RecurrentCore(bool lstm, RecurrentShape shape)
    {
        handle = Native.ts_recurrent_new(lstm ? 1 : 0, shape.Inputs, shape.Hidden, shape.Layers, shape.Bias
            ? 1 : 0,
            shape.BatchFirst ? 1 : 0, shape.Dropout, shape.Bidirectional ? 1 : 0);
        if (handle == 0) throw Native.Fail();
        Shape = shape;
    }

    ~RecurrentCore() => Free();

    internal RecurrentShape Shape { get; }

    internal nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(
        "the recurrent module was disposed");

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// The parameters in PyTorch's order and by its names: weight_ih_l0, weight_hh_l0, bias_ih_l0,
    /// bias_hh_l0, …
    /// </summary>
    internal IEnumerable<(string name, Parameter parameter)> Parameters()
    {
        string[] kinds = Shape.Bias ? ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
            : ["weight_ih", "weight_hh"];
        string[] ways = Shape.Bidirectional ? ["", "_reverse"] : [""];
        for (var layer = 0L; layer < Shape.Layers; layer++)
        {
            foreach (var way in ways)
            {
                foreach (var kind in kinds)
                {
                    var name = $"{kind}_l{layer}{way}";
                    yield return (name, Parameter.TakeNative(Find(name)));
                }
            }
        }
    }

    /// <summary>libtorch's refusal with the layer's name and what it wanted.</summary>
    internal ExternalException Explain(torch.nn.Module layer, torch.Tensor input, ExternalException cause) =>
        LayerErrors.Explain(layer, $"{layer.GetName()}({Shape.Inputs}, {Shape.Hidden})", input,
            Shape.BatchFirst ? $"[batch, time, {Shape.Inputs}]" : $"[time, batch, {Shape.Inputs}]",
            layer.parameters().First(), cause);

    internal void Train(bool on)
    {
        Native.Check(Native.ts_recurrent_train(Handle, on ? 1 : 0));
        GC.KeepAlive(this);
    }

    internal void Move(torch.ScalarType? type, torch.Device? device)
    {
        var target = device ?? torch.CPU;
        Native.Check(Native.ts_recurrent_to(Handle, type is { } given ? (int)given
            : -1, (int)target.type, target.index));
        GC.KeepAlive(this);
    }

    internal void Flatten()
    {
        Native.Check(Native.ts_recurrent_flatten(Handle));
        GC.KeepAlive(this);
    }

    private nint Find(string name)
    {
        var text = Encoding.UTF8.GetBytes(name + '\0');
        fixed (byte* at = text) return Native.ts_recurrent_parameter(Handle, at);
    }

    private void Free()
    {
        var mine = Interlocked.Exchange(ref handle, 0);
        if (mine != 0) Native.ts_recurrent_free(mine);
    }
}

/// <summary>Sizes and switches of an LSTM or a GRU.</summary>
internal sealed record RecurrentShape(
    long Inputs, long Hidden, long Layers, bool Bias, bool BatchFirst, double Dropout, bool Bidirectional);
