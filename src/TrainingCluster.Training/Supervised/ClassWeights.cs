namespace TrainingCluster.Training.Supervised;

/// <summary>Weights that let every class count the same in a loss: n / (C · n_c), King, Zeng 2001.</summary>
internal static class ClassWeights
{
    /// <param name="classes">The class of each sample, 0 to <paramref name="count"/> − 1.</param>
    /// <param name="count">C, at least 1.</param>
    /// <returns>One a class; 0 for a class without samples.</returns>
    public static float[] Balanced(ReadOnlySpan<int> classes, int count)
    {
        var counts = new int[count];
        foreach (var one in classes)
        {
            counts[one]++;
        }

        var weights = new float[count];
        for (var i = 0; i < count; i++)
        {
            weights[i] = counts[i] == 0 ? 0 : (float)((double)classes.Length / ((double)count * counts[i]));
        }

        return weights;
    }
}
