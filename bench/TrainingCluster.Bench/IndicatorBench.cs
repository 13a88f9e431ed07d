using TrainingCluster.Features.Indicators;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Bench;

/// <summary>The catalogue of indicators, each with its default settings, over whole columns and bar by bar.</summary>
internal static class IndicatorBench
{
    /// <summary>As many as the targets name; the catalogue has more, which are measured together as well.</summary>
    private const int Counted = 40;
    private const int MostOutputs = 8;

    public static IEnumerable<Measurement> Run(BarSeries bars)
    {
        // Every n-th is left out rather than the last ones, so that no family is.
        var all = IndicatorCatalogue.Names.ToArray();
        string[] counted = [.. all.Where((_, i) => (i + 1) * Counted / all.Length > i * Counted / all.Length)];
        yield return Measurement.Seconds(
            $"indicators.{counted.Length}_over_million_bars", 1.5, () => Batch(counted, bars));
        yield return Measurement.Seconds(
            $"indicators.{all.Length}_over_million_bars", null, () => Batch(all, bars));
        var some = bars.Slice(0, bars.Count / 10);
        yield return MicrosecondsABar(counted, some, 4);
        yield return MicrosecondsABar(all, some, null);
    }

    /// <summary>All together, then each alone, slowest first: where the time goes.</summary>
    public static IEnumerable<Measurement> Each()
    {
        var bars = DataBench.MillionBars();
        return Run(bars).ToArray().Concat(IndicatorCatalogue.Names
            .Select(name => Measurement.Seconds($"indicator.{name}", null, () => Batch([name], bars)))
            .OrderByDescending(one => one.Cpu));
    }

    private static void Batch(string[] names, BarSeries bars)
    {
        foreach (var name in names)
        {
            IndicatorColumns.Compute(IndicatorSpec.Parse(name).Make(), bars);
        }
    }

    /// <summary>All indicators take a bar before the next bar comes, as they do on a live stream.</summary>
    private static Measurement MicrosecondsABar(string[] names, BarSeries bars, double? target)
    {
        var seconds = Measurement.Seconds(
            $"indicators.{names.Length}_streaming", null, () => Stream(names, bars));
        double Scaled(double value) => value * 1e6 / bars.Count;
        return seconds with
        {
            Unit = "µs/bar",
            Target = target,
            Median = Scaled(seconds.Median),
            Low = Scaled(seconds.Low),
            High = Scaled(seconds.High),
            Cpu = Scaled(seconds.Cpu!.Value),
        };
    }

    private static void Stream(string[] names, BarSeries bars)
    {
        var indicators = names.Select(name => IndicatorSpec.Parse(name).Make()).ToArray();
        Span<double> outputs = stackalloc double[MostOutputs];
        for (var t = 0; t < bars.Count; t++)
        {
            var bar = new BarValues(bars.Open[t], bars.High[t], bars.Low[t], bars.Close[t], bars.Volume[t]);
            foreach (var indicator in indicators)
            {
                indicator.Next(bar, outputs[..indicator.Outputs.Length]);
            }
        }
    }
}
