using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary>
/// <c>source_columns</c>: further columns of the source as <c>x_name</c>;
/// <c>source_columns(starting=sentiment)</c>: only those whose name starts so. None is no error: the columns there
/// were when the pipeline was fitted are what it requires from then on.
/// </summary>
internal sealed class SourceColumnsStep : IPreprocessingStep
{
    public string Name => "source_columns";

    public ImmutableSortedDictionary<string, ImmutableArray<double>> Fit(
        StepSpec spec, BarSeries bars, ColumnTable input, IndexRange window)
    {
        spec.RequireKnown("starting");
        return ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty;
    }

    public ColumnTable Transform(
        StepSpec spec,
        ImmutableSortedDictionary<string, ImmutableArray<double>> fitted,
        BarSeries bars,
        ColumnTable input)
    {
        var start = spec.Settings.GetValueOrDefault("starting", "");
        var taken = bars.Extra
            .Where(column => column.Name.StartsWith(start, StringComparison.OrdinalIgnoreCase)
                && !input.Names.Contains(FeatureSet.ExtraPrefix + column.Name)).ToList();
        return input.With(
            taken.Select(column => FeatureSet.ExtraPrefix + column.Name),
            taken.Select(column => column.Values.ToArray()));
    }
}
