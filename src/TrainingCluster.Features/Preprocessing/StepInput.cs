using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Preprocessing;

/// <summary>What a step works on.</summary>
/// <param name="Spec">The step as the template writes it.</param>
/// <param name="Bars">All bars that are known.</param>
/// <param name="Table">What the step before made of them, a row a bar.</param>
public sealed record StepInput(StepSpec Spec, BarSeries Bars, ColumnTable Table)
{
    /// <summary>Further columns, a value a bar; NaN where it is missing.</summary>
    /// <exception cref="ArgumentException">A name is already there.</exception>
    public ColumnTable With(IEnumerable<string> names, IEnumerable<double[]> columns) => Table.With(names, columns);
}
