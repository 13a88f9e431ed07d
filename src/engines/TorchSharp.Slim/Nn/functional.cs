using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) =>
                inplace ? x.relu_().alias() : x.relu();

            public static Tensor tanh(Tensor x, bool inplace = false) =>
                inplace ? x.tanh_().alias() : x.tanh();

            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            public static Tensor silu(Tensor x, bool inplace = false) =>
                inplace ? x.silu_().alias() : x.silu();

            public static Tensor gelu(Tensor x) => x.gelu();

            public static Tensor logsigmoid(Tensor x) => x.log_sigmoid();

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) =>
                x.softplus(beta, threshold);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01,
                bool inplace = false) =>
                inplace
                    ? throw new ArgumentOutOfRangeException(nameof(inplace), inplace,
                        "leaky_relu has no form in place")
                    : input.leaky_relu(negative_slope);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) =>
                input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            /// <summary>Whole numbers to rows with a single 1.</summary>
            /// <param name="x">int64, each at least 0.</param>
            /// <param name="num_classes">Columns; −1 takes the largest number plus 1.</param>
            public static Tensor one_hot(Tensor x, long num_classes = -1)
            {
                var result = Native.ts_one_hot(x.Handle, num_classes);
                GC.KeepAlive(x);
                return Native.Take(result);
            }

            /// <inheritdoc cref="Modules.Dropout"/>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true,
                bool inplace = false)
            {
                if (inplace)
                {
                    Native.Check(Native.ts_dropout_(input.Handle, p, training ? 1 : 0));
                    return input.alias();
                }
                var result = Native.ts_dropout(input.Handle, p, training ? 1 : 0);
                GC.KeepAlive(input);
                return Native.Take(result);
            }
        }
    }
}
