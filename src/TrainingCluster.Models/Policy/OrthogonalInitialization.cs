using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.Models.Policy;

/// <summary>
/// Orthogonal weights (Saxe, McClelland, Ganguli 2014, arXiv:1312.6120, section 3): the longer side's
/// vectors are cut from a Gaussian matrix by modified Gram-Schmidt in double precision. Gaussian columns
/// are in general position, so the sign convention of a QR decomposition does not change the distribution.
/// </summary>
public static class OrthogonalInitialization
{
    /// <summary>
    /// Fills a weight [rows, columns]: its shorter side's vectors are orthogonal with length gain.
    /// </summary>
    public static void Fill(Span<float> weight, int rows, int columns, double gain, RandomStream random)
    {
        var (count, length) = rows < columns ? (rows, columns) : (columns, rows);
        var vectors = new double[count][];
        for (var i = 0; i < count; i++)
        {
            vectors[i] = Draw(length, vectors.AsSpan(0, i), random);
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var value = rows < columns ? vectors[row][column] : vectors[column][row];
                weight[row * columns + column] = (float)(gain * value);
            }
        }
    }

    private static double[] Draw(int length, ReadOnlySpan<double[]> earlier, RandomStream random)
    {
        var vector = new double[length];
        for (var i = 0; i < length; i++)
        {
            vector[i] = random.NextGaussian();
        }

        // Twice: one pass leaves rounding errors where vectors are nearly dependent.
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var other in earlier)
            {
                var overlap = Dot(vector, other);
                for (var i = 0; i < length; i++)
                {
                    vector[i] -= overlap * other[i];
                }
            }
        }

        var scale = 1 / Math.Sqrt(Dot(vector, vector));
        for (var i = 0; i < length; i++)
        {
            vector[i] *= scale;
        }

        return vector;
    }

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
