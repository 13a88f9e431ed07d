namespace TrainingCluster.Trading.Strategies.Declared;

/// <summary>One side of a condition: a number, or a multiple of a column some bars ago.</summary>
/// <param name="Column">Index into the columns of the strategy; −1 for a number.</param>
/// <param name="Factor">What the column is multiplied with, or the number itself.</param>
/// <param name="Lag">Bars back, at least 0.</param>
internal readonly record struct Operand(int Column, double Factor, int Lag)
{
    /// <summary>NaN where the bar lies before the first one or the column is not yet defined there.</summary>
    public double At(double[][] columns, int t) =>
        Column < 0 ? Factor : t < Lag ? double.NaN : Factor * columns[Column][t - Lag];
}
