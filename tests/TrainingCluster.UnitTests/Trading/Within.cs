namespace TrainingCluster.UnitTests.Trading;

/// <summary>
/// Compares numbers up to an absolute tolerance, so that whole tables can be asserted at once.
/// </summary>
internal sealed class Within(double tolerance) : IEqualityComparer<double>
{
    public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

    public int GetHashCode(double obj) => 0;
}
