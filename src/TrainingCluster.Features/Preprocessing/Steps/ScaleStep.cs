using TrainingCluster.Features.Windows;

namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary>
/// <c>scale(method=robust; clip=5)</c>: median and interquartile range / 1.349, as the robust scaler does;
/// <c>method=standard</c>: mean and deviation; <c>method=minmax</c>: smallest and largest to 0 and 1. Fitted on the
/// defined values of the window.
/// </summary>
internal sealed class ScaleStep() : PlainStep("scale", "method", "clip")
{
    private const double NormalInterquartileRange = 1.349;

    public override FittedValues Fit(StepInput input, IndexRange window)
    {
        var none = base.Fit(input, window);
        var (spec, table) = (input.Spec, input.Table);
        var method = spec.Choice("method", "robust", "standard", "minmax");
        var centres = new double[table.Names.Length];
        var scales = new double[table.Names.Length];
        for (var i = 0; i < centres.Length; i++)
        {
            var values = OrderStatistics.Of(table.Columns[i], window);
            if (values.IsEmpty)
            {
                throw new FormatException($"step '{spec}': '{table.Names[i]}' has no value in the window {window}");
            }

            var (centre, scale) = method switch
            {
                "standard" => (values.Mean, values.Deviation),
                "minmax" => (values.Quantile(0), values.Quantile(1) - values.Quantile(0)),
                _ => (values.Quantile(0.5), (values.Quantile(0.75) - values.Quantile(0.25)) / NormalInterquartileRange),
            };
            (centres[i], scales[i]) = (centre, scale > 0 ? scale : 1);
        }

        return none.Add("centre", [.. centres]).Add("scale", [.. scales]);
    }

    public override ColumnTable Transform(StepInput input, FittedValues fitted)
    {
        var clip = input.Spec.Number("clip", 5, 0.001, 1e9);
        return input.Table.Mapped((i, column) =>
        {
            var (centre, scale) = (fitted["centre"][i], fitted["scale"][i]);
            return [.. column.Select(value => Math.Clamp((value - centre) / scale, -clip, clip))];
        });
    }

    /// <summary>Missing stays missing.</summary>
    public override ColumnTable Unfitted(StepInput input) => input.Table;
}
