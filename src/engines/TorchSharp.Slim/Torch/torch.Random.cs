using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>
    /// Starts libtorch's generator anew. There is one for the process: threads that draw at once take turns
    /// in no fixed order.
    /// </summary>
    public static Generator manual_seed(long seed)
    {
        Native.Check(Native.ts_manual_seed(seed));
        return Generator.Default;
    }

    /// <summary>The state of the generator as a tensor of bytes.</summary>
    public static Tensor get_rng_state() => Native.Take(Native.ts_rng_state());

    public static void set_rng_state(Tensor new_state)
    {
        var status = Native.ts_set_rng_state(new_state.Handle);
        GC.KeepAlive(new_state);
        Native.Check(status);
    }

    /// <summary>Uniform on [0, 1).</summary>
    public static Tensor rand(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Drawn(size, false, dtype, device, requires_grad);

    /// <inheritdoc cref="rand(ReadOnlySpan{long}, ScalarType?, Device?, bool)"/>
    public static Tensor rand(long[] size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Drawn(size, false, dtype, device, requires_grad);

    /// <inheritdoc cref="rand(ReadOnlySpan{long}, ScalarType?, Device?, bool)"/>
    public static Tensor rand(long size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Drawn([size], false, dtype, device, requires_grad);

    /// <inheritdoc cref="rand(ReadOnlySpan{long}, ScalarType?, Device?, bool)"/>
    public static Tensor rand(long rows, long columns, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Drawn([rows, columns], false, dtype, device, requires_grad);

    /// <inheritdoc cref="rand(ReadOnlySpan{long}, ScalarType?, Device?, bool)"/>
    public static Tensor rand(long dim0, long dim1, long dim2, ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false) => Drawn([dim0, dim1, dim2], false, dtype, device, requires_grad);

    /// <summary>Standard normal.</summary>
    public static Tensor randn(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Drawn(size, true, dtype, device, requires_grad);

    /// <inheritdoc cref="randn(ReadOnlySpan{long}, ScalarType?, Device?, bool)"/>
    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Drawn(size, true, dtype, device, requires_grad);

    /// <inheritdoc cref="randn(ReadOnlySpan{long}, ScalarType?, Device?, bool)"/>
    public static Tensor randn(long size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Drawn([size], true, dtype, device, requires_grad);

    /// <inheritdoc cref="randn(ReadOnlySpan{long}, ScalarType?, Device?, bool)"/>
    public static Tensor randn(long rows, long columns, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => Drawn([rows, columns], true, dtype, device, requires_grad);

    /// <inheritdoc cref="randn(ReadOnlySpan{long}, ScalarType?, Device?, bool)"/>
    public static Tensor randn(long dim0, long dim1, long dim2, ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false) => Drawn([dim0, dim1, dim2], true, dtype, device, requires_grad);

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => input.rand_like(dtype, device, requires_grad);

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) => input.randn_like(dtype, device, requires_grad);

    /// <summary>Integers from low (inclusive) to high (exclusive).</summary>
    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null,
        Device? device = null, bool requires_grad = false)
    {
        var (type, target) = Where(dtype ?? ScalarType.Int64, device);
        fixed (long* at = size)
        {
            var made = Native.Take(Native.ts_randint(low, high, at, size.Length, (int)type, (int)target.type,
                target.index));
            return requires_grad ? made.requires_grad_() : made;
        }
    }

    /// <summary>The integers below n in random order.</summary>
    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null)
    {
        var (type, target) = Where(dtype ?? ScalarType.Int64, device);
        return Native.Take(Native.ts_randperm(n, (int)type, (int)target.type, target.index));
    }

    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false) =>
        input.multinomial(num_samples, replacement);

    private static Tensor Drawn(ReadOnlySpan<long> size, bool normal, ScalarType? dtype, Device? device,
        bool requiresGrad)
    {
        var (type, target) = Where(dtype, device);
        fixed (long* at = size)
        {
            return Native.Take(Native.ts_rand(
                at, size.Length, normal ? 1 : 0, (int)type, (int)target.type, target.index,
                requiresGrad ? 1 : 0));
        }
    }

    /// <summary>libtorch's generator of the process; others are not there.</summary>
    public class Generator : IDisposable
    {
        private Generator()
        {
        }

        public static Generator Default { get; } = new();

        public Tensor get_state() => get_rng_state();

        public void set_state(Tensor value) => set_rng_state(value);

        public Generator manual_seed(long seed) => torch.manual_seed(seed);

        /// <summary>Nothing to free: the generator lives as long as the process.</summary>
        public void Dispose()
        {
        }
    }
}
