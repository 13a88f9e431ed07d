using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Features.Indicators;

/// <summary>Indicators over whole series.</summary>
public static class IndicatorColumns
{
    /// <summary>One column an output, a value a bar; NaN while not yet defined.</summary>
    public static ImmutableArray<double[]> Compute(IBarIndicator indicator, BarSeries bars)
    {
        var columns = new double[indicator.Outputs.Length][];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = GC.AllocateUninitializedArray<double>(bars.Count);
        }

        if (indicator is OnePrice price && price.Column(bars) is { IsEmpty: false } values)
        {
            price.Fill(values, columns[0]);
        }
        else
        {
            // A delegate knows its target; a call through the interface would look it up at every bar.
            Fill(indicator is BarFunction function ? function.Stepping : indicator.Next, bars, columns);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(columns);
    }

    private static void Fill(BarFunction.Step step, BarSeries bars, double[][] columns)
    {
        var close = bars.Close;
        var open = bars.Open[..close.Length];
        var high = bars.High[..close.Length];
        var low = bars.Low[..close.Length];
        var volume = bars.Volume[..close.Length];
        if (columns.Length == 1)
        {
            var only = columns[0];
            for (var t = 0; t < close.Length; t++)
            {
                step(new BarValues(open[t], high[t], low[t], close[t], volume[t]), only.AsSpan(t, 1));
            }

            return;
        }

        Span<double> outputs = stackalloc double[columns.Length];
        for (var t = 0; t < close.Length; t++)
        {
            step(new BarValues(open[t], high[t], low[t], close[t], volume[t]), outputs);
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i][t] = outputs[i];
            }
        }
    }
}
