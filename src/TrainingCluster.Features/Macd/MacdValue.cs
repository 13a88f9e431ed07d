namespace TrainingCluster.Features.Macd;

/// <param name="Line">Fast average − slow average, in price units.</param>
/// <param name="Signal">The average of the line.</param>
/// <param name="Histogram">Line − signal.</param>
public readonly record struct MacdValue(double Line, double Signal, double Histogram);
