using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Indicators;

/// <summary>An indicator of the catalogue as it is, unscaled, as a feature.</summary>
public sealed class IndicatorFeature : IFeature
{
    private readonly IndicatorSpec _spec;

    public IndicatorFeature(IndicatorSpec spec)
    {
        _spec = spec;
        var indicator = spec.Make();
        Names = spec.Columns(indicator);
        WarmUp = indicator.WarmUp;
    }

    public ImmutableArray<string> Names { get; }

    public int WarmUp { get; }

    public void Compute(BarSeries bars, ImmutableArray<double[]> columns)
    {
        var computed = IndicatorColumns.Compute(_spec.Make(), bars);
        for (var i = 0; i < columns.Length; i++)
        {
            computed[i].CopyTo(columns[i], 0);
        }
    }
}
