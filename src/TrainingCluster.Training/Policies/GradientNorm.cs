using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrainingCluster.Training.Policies;

/// <summary>The length of a gradient, and its scaling to a largest length.</summary>
public static class GradientNorm
{
    private const double Epsilon = 1e-6;
    private const int Chains = 16;

    /// <summary>Euclidean.</summary>
    public static double Of(ReadOnlySpan<float> gradient) => Math.Sqrt(SquareSum(gradient));

    /// <summary>
    /// The sum of squares in double precision: sixteen chains, each of every sixteenth entry in ascending order,
    /// then added one after the other. One chain alone would take longer than a minibatch's products.
    /// </summary>
    public static double SquareSum(ReadOnlySpan<float> gradient)
    {
        ref var start = ref MemoryMarshal.GetReference(gradient);
        var (a, b, c, d) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero,
            Vector256<double>.Zero);
        var i = 0;
        for (; i + Chains <= gradient.Length; i += Chains)
        {
            var (first, second) = Vector256.Widen(Vector256.LoadUnsafe(ref start, (nuint)i));
            var (third, fourth) = Vector256.Widen(Vector256.LoadUnsafe(ref start, (nuint)(i + Chains / 2)));
            (a, b) = (a + first * first, b + second * second);
            (c, d) = (c + third * third, d + fourth * fourth);
        }

        Span<double> sums = stackalloc double[Chains];
        a.CopyTo(sums);
        b.CopyTo(sums[4..]);
        c.CopyTo(sums[8..]);
        d.CopyTo(sums[12..]);
        for (var chain = 0; i + chain < gradient.Length; chain++)
        {
            sums[chain] += (double)gradient[i + chain] * gradient[i + chain];
        }

        var sum = 0.0;
        foreach (var part in sums)
        {
            sum += part;
        }

        return sum;
    }

    /// <summary>
    /// Scales by maximum / (norm + 10⁻⁶) where that is below 1 (Pascanu, Mikolov, Bengio 2013).
    /// </summary>
    public static void Clip(Span<float> gradient, double norm, double maximum)
    {
        var scale = (float)(maximum / (norm + Epsilon));
        if (scale >= 1)
        {
            return;
        }

        foreach (ref var several in MemoryMarshal.Cast<float, Vector<float>>(gradient))
        {
            several *= scale;
        }

        var done = gradient.Length - gradient.Length % Vector<float>.Count;
        foreach (ref var slope in gradient[done..])
        {
            slope *= scale;
        }
    }
}
