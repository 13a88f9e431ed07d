namespace TrainingCluster.Features.Adx;

/// <param name="PlusDi">+DI, 0 to 100.</param>
/// <param name="MinusDi">−DI, 0 to 100.</param>
/// <param name="Dx">The bar's directional index, 0 to 100.</param>
/// <param name="Adx">The average directional index, 0 to 100.</param>
public readonly record struct AdxValue(double PlusDi, double MinusDi, double Dx, double Adx)
{
    public static AdxValue Undefined { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN);
}
