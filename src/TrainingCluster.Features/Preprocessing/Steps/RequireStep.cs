using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary>
/// <c>require(missing=0.05; rows=30)</c>: fitting is refused where the window has fewer rows, or a column misses a
/// larger share of its values in it. Changes nothing.
/// </summary>
internal sealed class RequireStep : IPreprocessingStep
{
    public string Name => "require";

    public ImmutableSortedDictionary<string, ImmutableArray<double>> Fit(
        StepSpec spec, BarSeries bars, ColumnTable input, IndexRange window)
    {
        spec.RequireKnown("missing", "rows");
        var (most, rows) = (spec.Number("missing", 0.05, 0, 1), spec.Number("rows", 30, 1, 1e9));
        var broken = new List<string>();
        if (window.Count < rows)
        {
            broken.Add(FormattableString.Invariant(
                $"the window {window} has {window.Count} rows; at least {rows} must be"));
        }

        for (var i = 0; i < input.Names.Length; i++)
        {
            var missing = input.Columns[i][window.Start..window.End].Count(double.IsNaN) / (double)window.Count;
            if (missing > most)
            {
                broken.Add(FormattableString.Invariant(
                    $"'{input.Names[i]}' misses {missing:0.###} of its values; at most {most} may be"));
            }
        }

        return broken.Count == 0
            ? ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty
            : throw new FormatException($"step '{spec}': {string.Join("; ", broken)}");
    }

    public ColumnTable Transform(
        StepSpec spec,
        ImmutableSortedDictionary<string, ImmutableArray<double>> fitted,
        BarSeries bars,
        ColumnTable input) => input;
}
