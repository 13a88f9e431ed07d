using TrainingCluster.Features.Windows;

namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary>
/// <c>require(missing=0.05; rows=30)</c>: fitting is refused where the window has fewer rows, or a column misses a
/// larger share of its values in it. Changes nothing.
/// </summary>
internal sealed class RequireStep() : PlainStep("require", "missing", "rows")
{
    public override FittedValues Fit(StepInput input, IndexRange window)
    {
        base.Fit(input, window);
        var (spec, table) = (input.Spec, input.Table);
        var (most, rows) = (spec.Number("missing", 0.05, 0, 1), spec.Number("rows", 30, 1, 1e9));
        var broken = new List<string>();
        if (window.Count < rows)
        {
            broken.Add(FormattableString.Invariant(
                $"the window {window} has {window.Count} rows; at least {rows} must be"));
        }

        for (var i = 0; i < table.Names.Length; i++)
        {
            var missing = table.Columns[i][window.Start..window.End].Count(double.IsNaN) / (double)window.Count;
            if (missing > most)
            {
                broken.Add(FormattableString.Invariant(
                    $"'{table.Names[i]}' misses {missing:0.###} of its values; at most {most} may be"));
            }
        }

        return broken.Count == 0
            ? FittedValues.Empty
            : throw new FormatException($"step '{spec}': {string.Join("; ", broken)}");
    }

    public override ColumnTable Transform(StepInput input, FittedValues fitted) => input.Table;
}
