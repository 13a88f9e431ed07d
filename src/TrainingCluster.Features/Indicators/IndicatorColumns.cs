using System.Collections.Immutable;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Indicators;

/// <summary>Indicators over whole series.</summary>
public static class IndicatorColumns
{
    /// <summary>One column an output, a value a bar; NaN while not yet defined.</summary>
    public static ImmutableArray<double[]> Compute(IBarIndicator indicator, BarSeries bars)
    {
        ImmutableArray<double[]> columns = [.. indicator.Outputs.Select(
            _ => GC.AllocateUninitializedArray<double>(bars.Count))];
        var open = bars.Open;
        var high = bars.High;
        var low = bars.Low;
        var close = bars.Close;
        var volume = bars.Volume;
        Span<double> outputs = stackalloc double[columns.Length];
        for (var t = 0; t < close.Length; t++)
        {
            indicator.Next(new BarValues(open[t], high[t], low[t], close[t], volume[t]), outputs);
            for (var i = 0; i < outputs.Length; i++)
            {
                columns[i][t] = outputs[i];
            }
        }

        return columns;
    }
}
