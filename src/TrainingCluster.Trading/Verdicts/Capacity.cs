using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Trading.Verdicts;

/// <summary>How much money the decisions would have carried before their own orders moved the market.</summary>
/// <param name="Money">In the prices' currency: with it 95 % of the orders take at most
/// <see cref="Participation"/> of the volume of the bar they fill in.</param>
/// <param name="Orders">That were looked at.</param>
public sealed record Capacity(double Money, int Orders)
{
    /// <summary>Share of a bar's volume.</summary>
    public const double Participation = 0.01;

    private const double Quantile = 0.95;

    /// <summary>Of shares of equity on one symbol.</summary>
    public static Computed<Capacity> Of(BacktestResult result, BarSeries bars)
    {
        var sizes = new List<double>();
        var held = 0.0;
        for (var i = 0; i < result.Positions.Length; i++)
        {
            var size = Math.Abs(result.Positions[i] - held);
            held = result.Positions[i];
            var fill = MarketSimulator.FillBar(result.Window.Start + i);
            if (size > 0 && fill < bars.Count)
            {
                sizes.Add(size / (bars.Volume[fill] * bars.Open[fill]));
            }
        }

        if (sizes.Count == 0)
        {
            return Computed.Not<Capacity>("nothing was traded");
        }

        sizes.Sort();
        var largest = sizes[(int)Math.Ceiling(Quantile * sizes.Count) - 1];
        return double.IsFinite(largest)
            ? Computed.Of(new Capacity(Participation / largest, sizes.Count))
            : Computed.Not<Capacity>(
                $"{sizes.Count(size => !double.IsFinite(size))} of {sizes.Count} orders fill in bars without volume");
    }

    /// <summary>Of several symbols with the same share of the equity: the symbol that carries least decides.</summary>
    public static Computed<Capacity> Of(PanelResult result, BarPanel panel)
    {
        var each = result.Symbols.Zip(panel.Symbols, Of).ToArray();
        var known = each.Where(one => one.IsKnown).Select(one => one.Value!).ToArray();
        return known.Length == each.Length
            ? Computed.Of(new Capacity(each.Length * known.Min(one => one.Money), known.Sum(one => one.Orders)))
            : each.First(one => !one.IsKnown);
    }
}
