using TorchSharp.Interop;

namespace TorchSharp.Modules
{
    /// <summary>
    /// A tensor that a module learns. Modules keep theirs out of every dispose scope and dispose of them
    /// themselves.
    /// </summary>
    public class Parameter : torch.Tensor
    {
        /// <param name="data">Becomes empty: its data, and its place in a dispose scope, go to the
        /// parameter.</param>
        /// <param name="requires_grad">Whether gradients are wanted.</param>
        public Parameter(torch.Tensor data, bool requires_grad = true)
            : base(data.requires_grad_(requires_grad).GiveUpHandle(out var scope), inScope: false) =>
                scope?.Attach(this);

        internal Parameter(nint handle) : base(handle, inScope: false)
        {
        }

        internal static Parameter TakeNative(nint handle) =>
            handle == 0 ? throw Native.Fail() : new Parameter(handle);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Parameter(Tensor, bool)"/>
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) =>
                new(data, requires_grad);
        }
    }
}
