using TrainingCluster.Features.Windows;

namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary>
/// <c>fill(method=forward; most=5)</c>: a missing value after a column's first one becomes the last one before it,
/// for at most so many bars; <c>method=median</c>: the median of the window; <c>method=zero</c>: 0. What is missing
/// in front stays missing. <c>starting=x_sentiment</c>: only columns whose name starts so.
/// </summary>
internal sealed class FillStep() : PlainStep("fill", "method", "most", "starting")
{
    public override FittedValues Fit(StepInput input, IndexRange window)
    {
        var none = base.Fit(input, window);
        var (spec, table) = (input.Spec, input.Table);
        return spec.Choice("method", "forward", "median", "zero") == "median"
            ? none.Add("median", [.. table.Columns.Select((column, i) => Median(table.Names[i], column))])
            : none;

        double Median(string name, double[] column) =>
            !IsMeant(spec, name) ? 0
            : OrderStatistics.Of(column, window) is { IsEmpty: false } known ? known.Quantile(0.5)
            : throw new FormatException($"step '{spec}': '{name}' has no value in the window {window}");
    }

    public override ColumnTable Transform(StepInput input, FittedValues fitted)
    {
        var spec = input.Spec;
        var method = spec.Choice("method", "forward", "median", "zero");
        var most = spec.Number("most", 5, 1, 1_000_000);
        return input.Table.Mapped((i, column) =>
        {
            if (!IsMeant(spec, input.Table.Names[i]))
            {
                return column;
            }

            var filled = (double[])column.Clone();
            var (known, missing) = (double.NaN, 0);
            for (var t = 0; t < filled.Length; t++)
            {
                if (!double.IsNaN(column[t]))
                {
                    (known, missing) = (column[t], 0);
                }
                else if (!double.IsNaN(known))
                {
                    missing++;
                    filled[t] = method switch
                    {
                        "median" => fitted.TryGetValue("median", out var medians) ? medians[i] : 0,
                        "zero" => 0,
                        _ => missing <= most ? known : double.NaN,
                    };
                }
            }

            return filled;
        });
    }

    private static bool IsMeant(StepSpec spec, string column) =>
        column.StartsWith(spec.Settings.GetValueOrDefault("starting", ""), StringComparison.OrdinalIgnoreCase);
}
