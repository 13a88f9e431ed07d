namespace TrainingCluster.Features.Indicators;

/// <summary>One indicator over the values of another.</summary>
internal sealed class Chain(IValueIndicator inner, IValueIndicator outer) : IValueIndicator
{
    public int WarmUp => inner.WarmUp + outer.WarmUp;

    public double Next(double value)
    {
        var between = inner.Next(value);
        return double.IsNaN(between) ? double.NaN : outer.Next(between);
    }
}
