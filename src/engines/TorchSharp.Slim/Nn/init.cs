using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// Initial values of weights. Each fills its tensor, without history, and gives it back.
        /// </summary>
        public static class init
        {
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using var frozen = no_grad();
                return tensor.fill_(val);
            }

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1)
            {
                using var frozen = no_grad();
                return tensor.uniform_(low, high);
            }

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1)
            {
                using var frozen = no_grad();
                return tensor.normal_(mean, std);
            }

            /// <summary>
            /// Rows, or columns where there are fewer of them, orthogonal and of length gain (Saxe,
            /// McClelland &amp; Ganguli 2013).
            /// </summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                Native.Check(Native.ts_orthogonal_(tensor.Handle, gain));
                return tensor;
            }

            /// <summary>
            /// Uniform within gain · √(6 / (fan in + fan out)) (Glorot &amp; Bengio 2010, equation 16).
            /// </summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                var bound = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>
            /// Normal with deviation gain · √(2 / (fan in + fan out)) (Glorot &amp; Bengio 2010).
            /// </summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return normal_(tensor, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
            }

            /// <summary>
            /// Inputs of one output, and outputs of one input; axes after the second are the kernel's.
            /// </summary>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                {
                    throw new ArgumentException(
                        $"a tensor of shape [{Tensor.Listed(shape)}] has no fan in and fan out; "
                        + "it needs two axes");
                }
                var field = 1L;
                foreach (var size in shape.AsSpan(2)) field *= size;
                return (shape[1] * field, shape[0] * field);
            }
        }
    }
}
