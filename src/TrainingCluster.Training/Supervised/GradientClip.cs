namespace TrainingCluster.Training.Supervised;

/// <summary>
/// Clipping by the global norm: Pascanu, Mikolov, Bengio 2013, algorithm 1, as torch.nn.utils does it.
/// </summary>
internal static class GradientClip
{
    private const double Epsilon = 1e-6;

    /// <summary>Scales the gradients so that their Euclidean norm is at most the limit.</summary>
    /// <returns>The norm before; not finite where a gradient is not, and then nothing is scaled.</returns>
    public static double Apply(Span<float> gradients, double limit)
    {
        double sum = 0;
        foreach (var gradient in gradients)
        {
            sum += (double)gradient * gradient;
        }

        var norm = Math.Sqrt(sum);
        var factor = limit / (norm + Epsilon);
        if (double.IsFinite(norm) && factor < 1)
        {
            var scale = (float)factor;
            for (var i = 0; i < gradients.Length; i++)
            {
                gradients[i] *= scale;
            }
        }

        return norm;
    }
}
