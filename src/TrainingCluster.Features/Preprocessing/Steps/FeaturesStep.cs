using System.Collections.Immutable;
using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Indicators;

namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary><c>features</c>: the standard features; <c>features(indicator=rsi(21))</c>: one indicator.</summary>
internal sealed class FeaturesStep() : PlainStep(StepName, "indicator")
{
    public const string StepName = "features";

    public override ColumnTable Transform(StepInput input, FittedValues fitted)
    {
        ImmutableArray<IFeature> features = input.Spec.Settings.TryGetValue("indicator", out var text)
            ? [new IndicatorFeature(IndicatorSpec.Parse(text))]
            : FeatureSet.Standard;
        var (table, bars) = (input.Table, input.Bars);
        foreach (var feature in features)
        {
            ImmutableArray<double[]> columns = [.. feature.Names.Select(_ => Missing.Column(bars.Count))];
            feature.Compute(bars, columns);
            table = table.With(feature.Names, columns);
        }

        return table;
    }
}
