namespace TrainingCluster.Features.Rolling;

/// <summary>Choices by which way a price went, which a processor cannot foresee: without branches.</summary>
internal static class Condition
{
    /// <summary>The value where the condition holds, else 0.</summary>
    public static double OrZero(bool holds, double value) =>
        BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) & -(holds ? 1L : 0L));

    /// <summary>1 above, −1 below, 0 where they are equal or one is NaN.</summary>
    public static int Sign(double value, double other) => (value > other ? 1 : 0) - (value < other ? 1 : 0);
}
