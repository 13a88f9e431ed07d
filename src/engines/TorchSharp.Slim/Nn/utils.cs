using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>
            /// Scales all gradients together so that their norm is at most max_norm: g · min(1, max_norm /
            /// (‖g‖ + 1e-6)) (Pascanu et al. 2013).
            /// </summary>
            /// <returns>The norm before; not a number where a gradient is none, and then all gradients become
            /// so.</returns>
            public static unsafe double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm,
                double norm_type = 2.0)
            {
                var list = tensors.ToArray();
                var handles = Handles(list);
                double total;
                int status;
                fixed (nint* at = handles)
                    status = Native.ts_clip_grad_norm(at, handles.Length, max_norm, norm_type, &total);
                GC.KeepAlive(list);
                Native.Check(status);
                return total;
            }

            /// <summary>Cuts every element of every gradient to ±clip_value.</summary>
            public static unsafe void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                var list = tensors.ToArray();
                var handles = Handles(list);
                int status;
                fixed (nint* at = handles) status = Native.ts_clip_grad_value(at, handles.Length, clip_value);
                GC.KeepAlive(list);
                Native.Check(status);
            }

            /// <summary>All parameters, flattened, one after the other.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat(tensors.Select(one => one.reshape(-1)).ToArray()).MoveToOuterDisposeScope();
            }

            /// <summary>The reverse of <see cref="parameters_to_vector"/>.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                using var frozen = no_grad();
                var at = 0L;
                foreach (var parameter in tensors)
                {
                    var count = parameter.NumberOfElements;
                    parameter.copy_(vec.narrow(0, at, count).view_as(parameter));
                    at += count;
                }
                if (at != vec.NumberOfElements)
                    throw new ArgumentException(
                        $"the vector has {vec.NumberOfElements} elements, the parameters {at}");
            }
        }
    }
}
