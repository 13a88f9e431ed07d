using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Preprocessing.Steps;

/// <summary>
/// <c>fill(method=forward; most=5)</c>: a missing value after a column's first one becomes the last one before it,
/// for at most so many bars; <c>method=median</c>: the median of the window; <c>method=zero</c>: 0. What is missing
/// in front stays missing.
/// </summary>
internal sealed class FillStep : IPreprocessingStep
{
    public string Name => "fill";

    public ImmutableSortedDictionary<string, ImmutableArray<double>> Fit(
        StepSpec spec, BarSeries bars, ColumnTable input, IndexRange window)
    {
        spec.RequireKnown("method", "most");
        spec.Number("most", 5, 1, 1_000_000);
        var none = ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty;
        return spec.Choice("method", "forward", "median", "zero") == "median"
            ? none.Add("median", [.. input.Columns.Select((column, i) => Median(input.Names[i], column))])
            : none;

        double Median(string name, double[] column) => OrderStatistics.Of(column, window) is { IsEmpty: false } known
            ? known.Quantile(0.5)
            : throw new FormatException($"step '{spec}': '{name}' has no value in the window {window}");
    }

    public ColumnTable Transform(
        StepSpec spec,
        ImmutableSortedDictionary<string, ImmutableArray<double>> fitted,
        BarSeries bars,
        ColumnTable input)
    {
        var method = spec.Choice("method", "forward", "median", "zero");
        var most = spec.Number("most", 5, 1, 1_000_000);
        return input.Mapped((i, column) =>
        {
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
                        "median" => fitted["median"][i],
                        "zero" => 0,
                        _ => missing <= most ? known : double.NaN,
                    };
                }
            }

            return filled;
        });
    }
}
