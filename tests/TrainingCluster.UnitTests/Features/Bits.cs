namespace TrainingCluster.UnitTests.Features;

/// <summary>Equality bit for bit: NaN equals NaN, and no rounding is forgiven.</summary>
internal static class Bits
{
    /// <summary>Asserts that the first values agree; names the first that differs.</summary>
    public static void Same(
        ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, int count, string what)
    {
        for (var i = 0; i < count; i++)
        {
            if (BitConverter.DoubleToInt64Bits(expected[i]) != BitConverter.DoubleToInt64Bits(actual[i]))
            {
                Assert.Fail($"{what} differs at bar {i}: {expected[i]:R} and {actual[i]:R}");
            }
        }
    }
}
