namespace TrainingCluster.Trading.Strategies.Declared;

/// <summary>Confidence from a value: 0 where it equals <paramref name="Zero"/>, 1 as far away as
/// <paramref name="Full"/> is, on either side.</summary>
internal sealed record DeclaredConfidence(Operand Value, double Zero, double Full)
{
    public double At(double[][] columns, int t) =>
        Math.Abs(Value.At(columns, t) - Zero) / Math.Abs(Full - Zero);
}
