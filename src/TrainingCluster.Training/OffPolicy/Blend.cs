using System.Numerics;

namespace TrainingCluster.Training.OffPolicy;

/// <summary>Slow copies of parameters.</summary>
internal static class Blend
{
    /// <summary>target ← target + share · (source − target), each entry on its own.</summary>
    public static void Toward(Span<float> target, ReadOnlySpan<float> source, float share)
    {
        var i = 0;
        var factor = new Vector<float>(share);
        for (; i + Vector<float>.Count <= target.Length; i += Vector<float>.Count)
        {
            var old = new Vector<float>(target[i..]);
            (old + factor * (new Vector<float>(source[i..]) - old)).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] += share * (source[i] - target[i]);
        }
    }
}
