using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What becomes of the losses of single elements.</summary>
        public enum Reduction : long
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static partial class functional
        {
            /// <summary>−log softmax(input)[target]; the mean is weighted where weights are given.</summary>
            /// <param name="input">Logits [batch, class] or [batch, class, ..].</param>
            /// <param name="target">Classes, int64 [batch, ..], or probabilities of input's shape.</param>
            /// <param name="weight">One for each class.</param>
            /// <param name="ignore_index">The class that counts nowhere.</param>
            /// <param name="reduction">What becomes of the losses of single samples.</param>
            /// <param name="label_smoothing">The share of the target that is spread evenly, 0 to 1.</param>
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null,
                long ignore_index = -100, Reduction reduction = Reduction.Mean,
                    double label_smoothing = 0.0) =>
                Loss(input, target, weight, null, Native.ts_cross_entropy(input.Handle, target.Handle,
                    weight?.Handle ?? 0, (long)reduction, ignore_index, label_smoothing));

            /// <summary>−input[target], where input holds log-probabilities [batch, class].</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null,
                Reduction reduction = Reduction.Mean) =>
                Loss(input, target, weight, null, Native.ts_nll_loss(
                    input.Handle, target.Handle, weight?.Handle ?? 0, (long)reduction, -100));

            /// <summary>−w [p · y · log σ(x) + (1 − y) · log(1 − σ(x))], without overflow.</summary>
            /// <param name="input">Logits x.</param>
            /// <param name="target">y in [0, 1], of input's shape and type.</param>
            /// <param name="weight">w, for each element.</param>
            /// <param name="reduction">What becomes of the losses of single elements.</param>
            /// <param name="pos_weights">p, for each class.</param>
            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target,
                Tensor? weight = null,
                Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Loss(input, target, weight, pos_weights,
                    Native.ts_bce_with_logits(input.Handle, target.Handle,
                    weight?.Handle ?? 0, pos_weights?.Handle ?? 0, (long)reduction));

            /// <inheritdoc cref="binary_cross_entropy_with_logits"/>
            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null,
                Reduction reduction = Reduction.Mean) =>
                Loss(input, target, weight, null, Native.ts_bce(
                    input.Handle, target.Handle, weight?.Handle ?? 0, (long)reduction));

            public static Tensor mse_loss(Tensor input, Tensor target,
                Reduction reduction = Reduction.Mean) =>
                Loss(input, target, null, null, Native.ts_mse_loss(
                    input.Handle, target.Handle, (long)reduction));

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Loss(input, target, null, null, Native.ts_l1_loss(
                    input.Handle, target.Handle, (long)reduction));

            /// <summary>d² / (2 · beta) where |d| is below beta, |d| − beta / 2 elsewhere.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target,
                Reduction reduction = Reduction.Mean,
                double beta = 1.0) =>
                Loss(input, target, null, null, Native.ts_smooth_l1_loss(
                    input.Handle, target.Handle, (long)reduction, beta));

            /// <summary>
            /// d² / 2 where |d| is below delta, delta · (|d| − delta / 2) elsewhere (Huber 1964).
            /// </summary>
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0,
                Reduction reduction = Reduction.Mean) =>
                Loss(input, target, null, null, Native.ts_huber_loss(
                    input.Handle, target.Handle, (long)reduction, delta));

            /// <summary>target · (log target − input); with log_target the target holds logarithms.</summary>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true,
                Reduction reduction = Reduction.Mean) =>
                Loss(input, target, null, null, Native.ts_kl_div(
                    input.Handle, target.Handle, (long)reduction, log_target ? 1 : 0));

            private static Tensor Loss(Tensor input, Tensor target, Tensor? weight, Tensor? more, nint result)
            {
                GC.KeepAlive(input);
                GC.KeepAlive(target);
                GC.KeepAlive(weight);
                GC.KeepAlive(more);
                return Native.Take(result);
            }
        }
    }
}
