using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary>
/// <c>scale(method=robust; clip=5)</c>: median and interquartile range / 1.349, as the robust scaler does;
/// <c>method=standard</c>: mean and deviation; <c>method=minmax</c>: smallest and largest to 0 and 1. Fitted on the
/// defined values of the window.
/// </summary>
internal sealed class ScaleStep : IPreprocessingStep
{
    private const double NormalInterquartileRange = 1.349;

    public string Name => "scale";

    public ImmutableSortedDictionary<string, ImmutableArray<double>> Fit(
        StepSpec spec, BarSeries bars, ColumnTable input, IndexRange window)
    {
        spec.RequireKnown("method", "clip");
        spec.Number("clip", 5, 0.001, 1e9);
        var method = spec.Choice("method", "robust", "standard", "minmax");
        var centres = new double[input.Names.Length];
        var scales = new double[input.Names.Length];
        for (var i = 0; i < centres.Length; i++)
        {
            var values = OrderStatistics.Of(input.Columns[i], window);
            if (values.IsEmpty)
            {
                throw new FormatException($"step '{spec}': '{input.Names[i]}' has no value in the window {window}");
            }

            var (centre, scale) = method switch
            {
                "standard" => (values.Mean, values.Deviation),
                "minmax" => (values.Quantile(0), values.Quantile(1) - values.Quantile(0)),
                _ => (values.Quantile(0.5), (values.Quantile(0.75) - values.Quantile(0.25)) / NormalInterquartileRange),
            };
            (centres[i], scales[i]) = (centre, scale > 0 ? scale : 1);
        }

        return ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty
            .Add("centre", [.. centres]).Add("scale", [.. scales]);
    }

    public ColumnTable Transform(
        StepSpec spec,
        ImmutableSortedDictionary<string, ImmutableArray<double>> fitted,
        BarSeries bars,
        ColumnTable input)
    {
        var clip = spec.Number("clip", 5, 0.001, 1e9);
        return input.Mapped((i, column) =>
        {
            var (centre, scale) = (fitted["centre"][i], fitted["scale"][i]);
            return [.. column.Select(value => Math.Clamp((value - centre) / scale, -clip, clip))];
        });
    }
}
