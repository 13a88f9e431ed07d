namespace TrainingCluster.Training.Policies;

/// <summary>The length of a gradient, and its scaling to a largest length.</summary>
public static class GradientNorm
{
    private const double Epsilon = 1e-6;

    /// <summary>Euclidean, summed in double precision in ascending order.</summary>
    public static double Of(ReadOnlySpan<float> gradient)
    {
        var sum = 0.0;
        foreach (var slope in gradient)
        {
            sum += (double)slope * slope;
        }

        return Math.Sqrt(sum);
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

        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] *= scale;
        }
    }
}
