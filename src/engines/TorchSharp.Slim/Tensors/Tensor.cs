using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array in libtorch's memory. A new tensor belongs to the innermost <see
    /// cref="DisposeScope"/> of its thread; one that no scope owns lives until <see cref="Dispose()"/>, or
    /// until the finalizer finds it. A failing operation throws an <see
    /// cref="System.Runtime.InteropServices.ExternalException"/> with libtorch's words, which name the
    /// shapes.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long live;

        private nint handle;

        internal Tensor(nint handle, bool inScope = true)
        {
            this.handle = handle;
            Interlocked.Increment(ref live);
            if (!inScope) return;
            OwningDisposeScope = DisposeScopeManager.OfThread.Current;
            OwningDisposeScope?.Add(this);
        }

        ~Tensor() => Dispose(false);

        /// <value>How many tensors there are in the process: made, and neither disposed nor
        /// finalized.</value>
        public static long TotalCount => Interlocked.Read(ref live);

        /// <value>The native object.</value>
        /// <exception cref="ObjectDisposedException">The tensor was disposed, or became a
        /// parameter.</exception>
        public IntPtr Handle
        {
            get
            {
                var mine = handle;
                if (mine == 0)
                {
                    throw new ObjectDisposedException(nameof(Tensor),
                        "the tensor was disposed, by itself or with its dispose scope, "
                        + "or gave its data to a Parameter");
                }
                return mine;
            }
        }

        public bool IsInvalid => handle == 0;

        internal DisposeScope? OwningDisposeScope { get; set; }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (disposing && OwningDisposeScope is { } scope)
            {
                OwningDisposeScope = null;
                scope.Forget(this);
            }
            var mine = Interlocked.Exchange(ref handle, 0);
            if (mine == 0) return;
            Interlocked.Decrement(ref live);
            Native.ts_free(mine);
        }

        /// <summary>Gives this tensor to the scope around the one that owns it.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes this tensor out of the care of any scope.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) =>
            MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null && other is not null) other.Attach(this);
            else OwningDisposeScope?.MoveToOther(other, this);
            return this;
        }

        /// <summary>Leaves this tensor empty; the native object and its scope go to who calls.</summary>
        internal nint GiveUpHandle(out DisposeScope? scope)
        {
            scope = OwningDisposeScope;
            scope?.Forget(this);
            OwningDisposeScope = null;
            var mine = Handle;
            handle = 0;
            Interlocked.Decrement(ref live);
            GC.SuppressFinalize(this);
            return mine;
        }

        /// <summary>
        /// Puts another native object in the place of this one, as moving a parameter to a device does.
        /// </summary>
        internal void Replace(Tensor source)
        {
            var fresh = source.GiveUpHandle(out _);
            Native.ts_free(Interlocked.Exchange(ref handle, fresh));
        }

        // Every wrapper keeps its operands alive over the call: without that the finalizer could free a
        // tensor whose last use is the reading of its handle.
        private unsafe Tensor Unary(delegate*<nint, nint> operation)
        {
            var result = operation(Handle);
            GC.KeepAlive(this);
            return Native.Take(result);
        }

        private unsafe Tensor UnaryInPlace(delegate*<nint, int> operation)
        {
            var status = operation(Handle);
            GC.KeepAlive(this);
            Native.Check(status);
            return this;
        }

        private unsafe Tensor Binary(Tensor other, delegate*<nint, nint, nint> operation)
        {
            var result = operation(Handle, other.Handle);
            GC.KeepAlive(this);
            GC.KeepAlive(other);
            return Native.Take(result);
        }

        private unsafe Tensor BinaryInPlace(Tensor other, delegate*<nint, nint, int> operation)
        {
            var status = operation(Handle, other.Handle);
            GC.KeepAlive(this);
            GC.KeepAlive(other);
            Native.Check(status);
            return this;
        }

        private unsafe Tensor WithScalar(Scalar number, delegate*<nint, NativeScalar, nint> operation)
        {
            var result = operation(Handle, number.Value);
            GC.KeepAlive(this);
            return Native.Take(result);
        }

        private unsafe Tensor WithScalarInPlace(Scalar number, delegate*<nint, NativeScalar, int> operation)
        {
            var status = operation(Handle, number.Value);
            GC.KeepAlive(this);
            Native.Check(status);
            return this;
        }

        private Tensor Taken(nint result)
        {
            GC.KeepAlive(this);
            return Native.Take(result);
        }

        private Tensor Taken(nint result, Tensor operand)
        {
            GC.KeepAlive(this);
            GC.KeepAlive(operand);
            return Native.Take(result);
        }

        private Tensor InPlace(int status, params ReadOnlySpan<Tensor> operands)
        {
            GC.KeepAlive(this);
            foreach (var operand in operands) GC.KeepAlive(operand);
            Native.Check(status);
            return this;
        }
    }
}
