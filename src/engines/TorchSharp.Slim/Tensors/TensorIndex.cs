using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// One entry of an index: a number, a range, a mask or list of positions, <c>Ellipsis</c>, or a new axis.
    /// </summary>
    public struct TensorIndex
    {
        /// <summary>All axes that the other entries leave.</summary>
        public static TensorIndex Ellipsis = new() { kind = NativeIndex.Ellipsis };

        /// <summary>A new axis of size 1.</summary>
        public static TensorIndex None = new() { kind = NativeIndex.NewAxis };

        /// <summary>The whole of an axis.</summary>
        public static TensorIndex Colon = Slice();

        internal Tensor? tensor;
        private long kind, a, b, c;

        /// <param name="start">Counted from the end where negative; null is the first.</param>
        /// <param name="stop">The one after the last; null is the end.</param>
        /// <param name="step">At least 1; null is 1.</param>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new()
        {
            kind = NativeIndex.Slice,
            a = start ?? NativeIndex.Open,
            b = stop ?? NativeIndex.Open,
            c = step ?? NativeIndex.Open,
        };

        public static TensorIndex Slice(Range range)
        {
            var whole = range.End is { IsFromEnd: true, Value: 0 };
            return Slice(At(range.Start), whole ? null : At(range.End));
        }

        public static TensorIndex Single(long? index) => new() { kind = NativeIndex.Number, a = index ?? 0 };

        public static TensorIndex Bool(bool value) => new() { kind = NativeIndex.Boolean, a = value ? 1 : 0 };

        /// <summary>Positions (integers) or a mask (booleans).</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { kind = NativeIndex.Mask, tensor = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Index index) => Single(At(index));

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex((int? start, int? end) range) =>
            Slice(range.start, range.end);

        internal readonly NativeIndex Native() =>
            new() { Kind = kind, A = a, B = b, C = c, Tensor = tensor?.Handle ?? 0 };

        private static long At(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
