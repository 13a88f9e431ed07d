using System.Runtime.InteropServices;

namespace TorchSharp.Modules;

/// <summary>
/// Says which layer refused an input, and what it wanted: libtorch's own message names neither. Costs nothing
/// until something fails.
/// </summary>
internal static class LayerErrors
{
    /// <param name="layer">Whose forward failed.</param>
    /// <param name="sizes">The layer as it was made: «Conv1d(16, 32, 3)».</param>
    /// <param name="input">What it was given.</param>
    /// <param name="expected">The shape it needs: «[batch, 16, time]».</param>
    /// <param name="weight">Has the element type and the device that the input must have.</param>
    /// <param name="cause">libtorch's error.</param>
    internal static ExternalException Explain(torch.nn.Module layer, string sizes, torch.Tensor input,
        string expected, torch.Tensor weight, ExternalException cause)
    {
        var name = layer.FieldName is { } field ? $"{field} = {sizes}" : sizes;
        return new ExternalException(
            $"{name}: the input is {input.dtype} [{torch.Tensor.Listed(input.shape)}] on {input.device}; "
            + $"it must be {weight.dtype} {expected} on {weight.device} ({cause.Message})", cause);
    }
}
