using System.Runtime.Intrinsics;

namespace TrainingCluster.Models.CnnLstm;

/// <summary>
/// Sigmoid and hyperbolic tangent of 16 numbers at once, within 2·10⁻⁷ of the true values. NaN stays NaN.
/// </summary>
internal static class GateActivations
{
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        var e = ExpOfNegative(-Vector512.Abs(x));
        var below = e / (Vector512<float>.One + e);
        return Vector512.ConditionalSelect(
            Vector512.LessThan(x, Vector512<float>.Zero), below, Vector512<float>.One - below);
    }

    /// <summary>Cephes' tanhf (Moshier 1989): a polynomial near zero, where the quotient loses digits.</summary>
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        var size = Vector512.Abs(x);
        var e = ExpOfNegative(-(size + size));
        var far = (Vector512<float>.One - e) / (Vector512<float>.One + e);
        var square = x * x;
        var p = Vector512.Create(-5.70498872745e-3f);
        p = Step(p, square, 2.06390887954e-2f);
        p = Step(p, square, -5.37397155531e-2f);
        p = Step(p, square, 1.33314422036e-1f);
        p = Step(p, square, -3.33332819422e-1f);
        var near = Vector512.FusedMultiplyAdd(p * square, x, x);
        return Vector512.ConditionalSelect(
            Vector512.LessThan(size, Vector512.Create(0.625f)), near, Vector512.CopySign(far, x));
    }

    /// <summary>
    /// eˣ for x ≤ 0 as 2ⁿ eʳ, |r| ≤ ln 2 / 2, with the polynomial of Cephes' expf (Moshier 1989).
    /// </summary>
    private static Vector512<float> ExpOfNegative(Vector512<float> x)
    {
        var least = Vector512.Create(-87f);
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, least), least, x);
        // Adding 1.5 · 2²³ rounds to the nearest whole number.
        var rounder = Vector512.Create(12_582_912f);
        var n = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269504f), rounder) - rounder;
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        var p = Vector512.Create(1.9875691500e-4f);
        p = Step(p, r, 1.3981999507e-3f);
        p = Step(p, r, 8.3334519073e-3f);
        p = Step(p, r, 4.1665795894e-2f);
        p = Step(p, r, 1.6666665459e-1f);
        p = Step(p, r, 5.0000001201e-1f);
        p = Vector512.FusedMultiplyAdd(p * r, r, r + Vector512<float>.One);
        var exponent = Vector512.ShiftLeft(Vector512.ConvertToInt32(n) + Vector512.Create(127), 23);
        return p * exponent.AsSingle();
    }

    private static Vector512<float> Step(Vector512<float> sum, Vector512<float> x, float coefficient) =>
        Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(coefficient));
}
