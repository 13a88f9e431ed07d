namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary>Columns without values.</summary>
internal static class Missing
{
    public static double[] Column(int rows)
    {
        var column = new double[rows];
        Array.Fill(column, double.NaN);
        return column;
    }
}
