using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Kept(Native.ts_requires_grad(Handle)) != 0;
            set => InPlace(Native.ts_set_requires_grad(Handle, value ? 1 : 0));
        }

        /// <value> The gradient that <see cref="backward()"/> left, null where there is none. Each reading
        /// makes a tensor over the same memory, owned by the current scope.
        /// </value>
        public Tensor? grad
        {
            get => Kept(Native.ts_has_grad(Handle)) == 0 ? null : Taken(Native.ts_grad(Handle));
            set
            {
                var status = Native.ts_set_grad(Handle, value?.Handle ?? 0);
                GC.KeepAlive(value);
                InPlace(status);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Asks for the gradient of a tensor that is not a leaf to be kept.</summary>
        public void retain_grad() => InPlace(Native.ts_retain_grad(Handle));

        /// <summary>Adds the gradient of this scalar to every leaf it came from.</summary>
        public unsafe void backward() => InPlace(Native.ts_backward(Handle, 0, 0, 0, 0, null, 0));

        /// <inheritdoc cref="backward()"/>
        /// <param name="grad_tensors">The gradient of this tensor; needed where it has more than one
        /// element.</param>
        /// <param name="retain_graph">Whether a second backward through the same graph is to be
        /// possible.</param>
        /// <param name="create_graph">Whether gradients are to have gradients.</param>
        /// <param name="inputs">The leaves to accumulate into; null for all.</param>
        public unsafe void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false,
            bool create_graph = false, IList<Tensor>? inputs = null)
        {
            if (grad_tensors is { Count: > 1 })
                throw new ArgumentException($"{grad_tensors.Count} gradients given for one tensor",
                    nameof(grad_tensors));
            var start = grad_tensors is { Count: 1 } ? grad_tensors[0] : null;
            var keep = retain_graph || create_graph ? 1 : 0;
            var leaves = inputs is null ? null : Handles(inputs);
            int status;
            fixed (nint* at = leaves)
            {
                status = Native.ts_backward(
                    Handle, start?.Handle ?? 0, 1, keep, create_graph ? 1 : 0, at, leaves?.Length ?? 0);
            }
            GC.KeepAlive(start);
            GC.KeepAlive(inputs);
            InPlace(status);
        }

        /// <summary>The same data without its history.</summary>
        public unsafe Tensor detach() => Unary(&Native.ts_detach);

        public unsafe Tensor detach_() => UnaryInPlace(&Native.ts_detach_);
    }

    /// <summary>
    /// While it lives, operations of this thread record no history. Dispose it on the thread that made it.
    /// </summary>
    public static IDisposable no_grad() => new AutoGradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    public static bool is_grad_enabled() => Native.ts_grad_enabled() != 0;

    internal static nint[] Handles(IEnumerable<Tensor> tensors)
    {
        var handles = new List<nint>();
        foreach (var tensor in tensors) handles.Add(tensor.Handle);
        return [.. handles];
    }

    private sealed class AutoGradMode : IDisposable
    {
        private readonly int before = Native.ts_grad_enabled();
        private bool ended;

        internal AutoGradMode(bool enabled) => Native.ts_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose()
        {
            if (ended) return;
            ended = true;
            Native.ts_set_grad_enabled(before);
        }
    }
}
