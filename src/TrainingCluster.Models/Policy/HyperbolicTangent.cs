using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrainingCluster.Models.Policy;

/// <summary>
/// The rational function of degree 13/6 on ±7.9053 that Eigen uses for the hyperbolic tangent (Eigen,
/// MathFunctionsImpl.h), within 5·10⁻⁷ of the true value; every element by the same operations, whatever the
/// width of the vectors.
/// </summary>
public static class HyperbolicTangent
{
    private const int Lanes = 8;

    /// <summary>Replaces each value by its hyperbolic tangent; NaN stays.</summary>
    public static void Apply(Span<float> values)
    {
        var i = 0;
        ref var start = ref MemoryMarshal.GetReference(values);
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i + 2 * Lanes <= values.Length; i += 2 * Lanes)
            {
                Of(Vector512.LoadUnsafe(ref start, (nuint)i)).StoreUnsafe(ref start, (nuint)i);
            }
        }

        for (; i + Lanes <= values.Length; i += Lanes)
        {
            Of(Vector256.LoadUnsafe(ref start, (nuint)i)).StoreUnsafe(ref start, (nuint)i);
        }

        if (i < values.Length)
        {
            Span<float> tail = stackalloc float[Lanes];
            tail.Clear();
            values[i..].CopyTo(tail);
            Of(Vector256.Create<float>(tail)).CopyTo(tail);
            tail[..(values.Length - i)].CopyTo(values[i..]);
        }
    }

    /// <summary>Replaces each value by 1 / (1 + e⁻ˣ) = (1 + tanh(x/2)) / 2, within 3·10⁻⁷; NaN stays.</summary>
    public static void Sigmoid(Span<float> values)
    {
        ScaleAndShift(values, 0.5f, 0);
        Apply(values);
        ScaleAndShift(values, 0.5f, 0.5f);
    }

    /// <summary>Multiplies each slope by 1 − output².</summary>
    /// <param name="outputs">Hyperbolic tangents, as long as the slopes.</param>
    public static void Through(ReadOnlySpan<float> outputs, Span<float> slopes)
    {
        outputs = outputs[..slopes.Length];
        ref var output = ref MemoryMarshal.GetReference(outputs);
        ref var slope = ref MemoryMarshal.GetReference(slopes);
        var i = 0;
        for (; i + Lanes <= slopes.Length; i += Lanes)
        {
            var y = Vector256.LoadUnsafe(ref output, (nuint)i);
            var scaled = Vector256.LoadUnsafe(ref slope, (nuint)i) * (Vector256<float>.One - y * y);
            scaled.StoreUnsafe(ref slope, (nuint)i);
        }

        for (; i < slopes.Length; i++)
        {
            slopes[i] *= 1 - outputs[i] * outputs[i];
        }
    }

    private static void ScaleAndShift(Span<float> values, float scale, float shift)
    {
        var several = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (var i = 0; i < several.Length; i++)
        {
            several[i] = several[i] * scale + new Vector<float>(shift);
        }

        foreach (ref var value in values[(several.Length * Vector<float>.Count)..])
        {
            value = value * scale + shift;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Of(Vector256<float> value)
    {
        var limit = Vector256.Create(7.90531110763549805f);
        var x = Vector256.MinNative(Vector256.MaxNative(value, -limit), limit);
        var square = x * x;
        var numerator = Vector256.Create(-2.76076847742355e-16f);
        numerator = Step(numerator, square, 2.00018790482477e-13f);
        numerator = Step(numerator, square, -8.60467152213735e-11f);
        numerator = Step(numerator, square, 5.12229709037114e-08f);
        numerator = Step(numerator, square, 1.48572235717979e-05f);
        numerator = Step(numerator, square, 6.37261928875436e-04f);
        numerator = Step(numerator, square, 4.89352455891786e-03f);
        var denominator = Vector256.Create(1.19825839466702e-06f);
        denominator = Step(denominator, square, 1.18534705686654e-04f);
        denominator = Step(denominator, square, 2.26843463243900e-03f);
        denominator = Step(denominator, square, 4.89352518554385e-03f);
        var result = x * numerator / denominator;
        // The native comparisons may drop NaN; a poisoned activation must stay visible.
        return Vector256.ConditionalSelect(Vector256.Equals(value, value), result, value);
    }

    private static Vector256<float> Step(Vector256<float> sum, Vector256<float> square, float coefficient) =>
        Vector256.FusedMultiplyAdd(sum, square, Vector256.Create(coefficient));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Of(Vector512<float> value)
    {
        var limit = Vector512.Create(7.90531110763549805f);
        var x = Vector512.MinNative(Vector512.MaxNative(value, -limit), limit);
        var square = x * x;
        var numerator = Vector512.Create(-2.76076847742355e-16f);
        numerator = Step(numerator, square, 2.00018790482477e-13f);
        numerator = Step(numerator, square, -8.60467152213735e-11f);
        numerator = Step(numerator, square, 5.12229709037114e-08f);
        numerator = Step(numerator, square, 1.48572235717979e-05f);
        numerator = Step(numerator, square, 6.37261928875436e-04f);
        numerator = Step(numerator, square, 4.89352455891786e-03f);
        var denominator = Vector512.Create(1.19825839466702e-06f);
        denominator = Step(denominator, square, 1.18534705686654e-04f);
        denominator = Step(denominator, square, 2.26843463243900e-03f);
        denominator = Step(denominator, square, 4.89352518554385e-03f);
        var result = x * numerator / denominator;
        return Vector512.ConditionalSelect(Vector512.Equals(value, value), result, value);
    }

    private static Vector512<float> Step(Vector512<float> sum, Vector512<float> square, float coefficient) =>
        Vector512.FusedMultiplyAdd(sum, square, Vector512.Create(coefficient));
}
