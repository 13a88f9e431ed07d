using System.Collections.Immutable;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Columns;

/// <summary>
/// One or more columns computed from bars. Causal: the value at t uses bars 0…t only, and is bit for bit the
/// same however many bars follow. A class derives from this to bring a feature of its own.
/// </summary>
public interface IFeature
{
    /// <summary>The columns, in the order in which <see cref="Compute"/> fills them.</summary>
    ImmutableArray<string> Names { get; }

    /// <summary>The first bar at which all of its columns are defined; before it they are NaN.</summary>
    int WarmUp { get; }

    /// <summary>Fills a column for each name, one value a bar.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="columns">As many as <see cref="Names"/>, each as long as the bars, filled with
    /// NaN.</param>
    void Compute(BarSeries bars, ImmutableArray<double[]> columns);
}
