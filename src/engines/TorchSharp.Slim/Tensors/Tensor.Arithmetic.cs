using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Operations whose name ends in an underscore change the tensor and give it back; the others make a new
    // one.
    public unsafe partial class Tensor
    {
        private static readonly NativeScalar One = NativeScalar.Of(1L);

        public Tensor add(Tensor target) => Taken(Native.ts_add(Handle, target.Handle, One), target);

        public Tensor add(Tensor target, Scalar alpha) =>
            Taken(Native.ts_add(Handle, target.Handle, alpha.Value), target);

        public Tensor add(Scalar scalar) => Taken(Native.ts_add_scalar(Handle, scalar.Value, One));

        public Tensor add_(Tensor target) => InPlace(Native.ts_add_(Handle, target.Handle, One), target);

        public Tensor add_(Tensor target, Scalar alpha) =>
            InPlace(Native.ts_add_(Handle, target.Handle, alpha.Value), target);

        public Tensor add_(Scalar scalar) => InPlace(Native.ts_add__scalar(Handle, scalar.Value, One));

        public Tensor sub(Tensor target) => Binary(target, &Native.ts_sub);

        public Tensor sub(Scalar target) => WithScalar(target, &Native.ts_sub_scalar);

        public Tensor sub_(Tensor target) => BinaryInPlace(target, &Native.ts_sub_);

        public Tensor sub_(Scalar target) => WithScalarInPlace(target, &Native.ts_sub__scalar);

        public Tensor mul(Tensor target) => Binary(target, &Native.ts_mul);

        public Tensor mul(Scalar target) => WithScalar(target, &Native.ts_mul_scalar);

        public Tensor mul_(Tensor target) => BinaryInPlace(target, &Native.ts_mul_);

        public Tensor mul_(Scalar target) => WithScalarInPlace(target, &Native.ts_mul__scalar);

        public Tensor div(Tensor target) => Binary(target, &Native.ts_div);

        public Tensor div(Scalar target) => WithScalar(target, &Native.ts_div_scalar);

        public Tensor div_(Tensor target) => BinaryInPlace(target, &Native.ts_div_);

        public Tensor div_(Scalar target) => WithScalarInPlace(target, &Native.ts_div__scalar);

        public Tensor pow(Tensor exponent) => Binary(exponent, &Native.ts_pow);

        public Tensor pow(Scalar exponent) => WithScalar(exponent, &Native.ts_pow_scalar);

        public Tensor pow_(Scalar exponent) => WithScalarInPlace(exponent, &Native.ts_pow__scalar);

        public Tensor square() => pow(2);

        public Tensor remainder(Tensor target) => Binary(target, &Native.ts_remainder);

        public Tensor remainder(Scalar scalar) => WithScalar(scalar, &Native.ts_remainder_scalar);

        public Tensor maximum(Tensor other) => Binary(other, &Native.ts_maximum);

        public Tensor minimum(Tensor other) => Binary(other, &Native.ts_minimum);

        public Tensor atan2(Tensor other) => Binary(other, &Native.ts_atan2);

        public Tensor matmul(Tensor target) => Binary(target, &Native.ts_matmul);

        public Tensor mm(Tensor target) => Binary(target, &Native.ts_mm);

        public Tensor bmm(Tensor batch2) => Binary(batch2, &Native.ts_bmm);

        public Tensor dot(Tensor target) => Binary(target, &Native.ts_dot);

        /// <summary>beta · this + alpha · (mat1 @ mat2).</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1)
        {
            var result = Native.ts_addmm(Handle, mat1.Handle, mat2.Handle, beta, alpha);
            GC.KeepAlive(mat1);
            return Taken(result, mat2);
        }

        /// <summary>this + value · tensor1 · tensor2, element by element.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            var result = Native.ts_addcmul(Handle, tensor1.Handle, tensor2.Handle, value.Value);
            GC.KeepAlive(tensor1);
            return Taken(result, tensor2);
        }

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            InPlace(Native.ts_addcmul_(Handle, tensor1.Handle, tensor2.Handle, value.Value), tensor1,
                tensor2);

        /// <summary>Adds value · tensor1 / tensor2, element by element.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            InPlace(Native.ts_addcdiv_(Handle, tensor1.Handle, tensor2.Handle, value.Value), tensor1,
                tensor2);

        /// <summary>this + weight · (end − this).</summary>
        public Tensor lerp(Tensor end, Tensor weight)
        {
            var result = Native.ts_lerp(Handle, end.Handle, weight.Handle);
            GC.KeepAlive(end);
            return Taken(result, weight);
        }

        public Tensor lerp_(Tensor end, Tensor weight) =>
            InPlace(Native.ts_lerp_(Handle, end.Handle, weight.Handle), end, weight);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) =>
            Taken(Native.ts_clamp(Handle, ValueOf(min), ValueOf(max)));

        public Tensor clamp(Tensor? min = null, Tensor? max = null)
        {
            var result = Native.ts_clamp_tensor(Handle, min?.Handle ?? 0, max?.Handle ?? 0);
            GC.KeepAlive(min);
            GC.KeepAlive(max);
            return Taken(result);
        }

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) =>
            InPlace(Native.ts_clamp_(Handle, ValueOf(min), ValueOf(max)));

        public Tensor clamp_min(Scalar min) => clamp(min, (Scalar?)null);

        public Tensor clamp_max(Scalar max) => clamp((Scalar?)null, max);

        public Tensor copy_(Tensor source, bool nonBlocking = false) =>
            InPlace(Native.ts_copy_(Handle, source.Handle, nonBlocking ? 1 : 0), source);

        public Tensor fill_(Scalar value) => WithScalarInPlace(value, &Native.ts_fill__scalar);

        public Tensor zero_() => UnaryInPlace(&Native.ts_zero_);

        /// <summary>This tensor's element where the condition holds, the other's where it does not.</summary>
        public Tensor where(Tensor condition, Tensor y)
        {
            var result = Native.ts_where(condition.Handle, Handle, y.Handle);
            GC.KeepAlive(condition);
            return Taken(result, y);
        }

        private static NativeScalar ValueOf(Scalar? number) => number?.Value ?? NativeScalar.None;
    }
}
