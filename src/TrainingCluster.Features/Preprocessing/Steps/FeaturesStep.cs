using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Indicators;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary><c>features</c>: the standard features; <c>features(indicator=rsi(21))</c>: one indicator.</summary>
internal sealed class FeaturesStep : IPreprocessingStep
{
    public string Name => "features";

    public ImmutableSortedDictionary<string, ImmutableArray<double>> Fit(
        StepSpec spec, BarSeries bars, ColumnTable input, IndexRange window)
    {
        spec.RequireKnown("indicator");
        return ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty;
    }

    public ColumnTable Transform(
        StepSpec spec,
        ImmutableSortedDictionary<string, ImmutableArray<double>> fitted,
        BarSeries bars,
        ColumnTable input)
    {
        ImmutableArray<IFeature> features = spec.Settings.TryGetValue("indicator", out var text)
            ? [new IndicatorFeature(IndicatorSpec.Parse(text))]
            : FeatureSet.Standard;
        foreach (var feature in features)
        {
            ImmutableArray<double[]> columns = [.. feature.Names.Select(_ => Missing.Column(bars.Count))];
            feature.Compute(bars, columns);
            input = input.With(feature.Names, columns);
        }

        return input;
    }
}
