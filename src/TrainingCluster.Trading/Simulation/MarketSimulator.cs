using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Simulation;

/// <summary>
/// The one place where fills and costs live: backtests and learning environments both ask here, so that what
/// an agent is rewarded for is what its backtest shows. A position is a share of equity in [−1, 1], decided
/// at the close of bar t and filled at t+1. Choices: returns are simple and compound; the share is kept
/// constant from fill to fill at no cost for the drift in between; fees are paid out of equity at the fill; a
/// step loses at most all.
/// </summary>
public static class MarketSimulator
{
    /// <summary>
    /// The net simple return of holding what was decided at the close of bar <paramref name="t"/>.
    /// </summary>
    /// <param name="bars">The market.</param>
    /// <param name="t">The bar of the decision, in [0, LastDecisionBar].</param>
    /// <param name="position">Share of equity in [−1, 1]; a caller checks it once, not at every step.</param>
    /// <param name="previousPosition">What was held before the fill.</param>
    /// <param name="costs">Fee and spread for the change; slippage and borrowing are not looked at.</param>
    /// <param name="fill">Where decisions fill.</param>
    public static double StepReturn(
        BarSeries bars,
        int t,
        double position,
        double previousPosition,
        CostModel costs,
        FillRule fill = FillRule.NextOpen) =>
        NetReturn(GrossReturn(bars, t, fill), position, previousPosition, costs);

    /// <summary>
    /// position × gross − (fee + half the spread) × |change|, not below −1: for costs that are the same on every
    /// bar; <see cref="MarketFrictions"/> knows all costs.
    /// </summary>
    /// <remarks>Adding zero turns the −0 of a flat bar in a falling market into 0.</remarks>
    public static double NetReturn(
        double grossReturn, double position, double previousPosition, CostModel costs) =>
        Math.Max(-1, position * grossReturn - Cost(position - previousPosition, costs) + 0.0);

    /// <summary>The share of equity that a change of position costs, whatever the bar.</summary>
    public static double Cost(double positionChange, CostModel costs) =>
        costs.TurnoverRatio * Math.Abs(positionChange);

    /// <summary>
    /// What being fully long earns from the fill of a decision at <paramref name="t"/> to the next fill.
    /// </summary>
    public static double GrossReturn(BarSeries bars, int t, FillRule fill)
    {
        var last = LastDecisionBar(bars, fill);
        if (t < 0 || t > last)
        {
            throw new ArgumentOutOfRangeException(
                nameof(t), t, $"a decision on {bars.Count} bars filled at {fill} must lie in [0, {last}]");
        }

        return fill == FillRule.NextClose
            ? bars.Close[t + 2] / bars.Close[t + 1] - 1
            : (t + 2 < bars.Count ? bars.Open[t + 2] : bars.Close[t + 1]) / bars.Open[t + 1] - 1;
    }

    /// <summary>
    /// <see cref="GrossReturn"/> of every decision bar, from 0 to the last, in one pass: for environments
    /// that step often. Equal to it bit for bit.
    /// </summary>
    public static double[] GrossReturns(BarSeries bars, FillRule fill = FillRule.NextOpen)
    {
        var result = GC.AllocateUninitializedArray<double>(LastDecisionBar(bars, fill) + 1);
        var price = fill == FillRule.NextClose ? bars.Close : bars.Open;
        var whole = Math.Min(result.Length, Math.Max(0, bars.Count - 2));
        for (var t = 0; t < whole; t++)
        {
            result[t] = price[t + 2] / price[t + 1] - 1;
        }

        if (whole < result.Length)
        {
            result[whole] = bars.Close[whole + 1] / price[whole + 1] - 1;
        }

        return result;
    }

    /// <summary>
    /// The last bar whose decision still earns a return, or −1 if the series is too short for any.
    /// </summary>
    public static int LastDecisionBar(BarSeries bars, FillRule fill) =>
        Math.Max(-1, bars.Count - (fill == FillRule.NextClose ? 3 : 2));

    /// <summary>The bar in which a decision at <paramref name="t"/> fills.</summary>
    public static int FillBar(int t) => t + 1;

    /// <summary>The bar at whose price the return of a decision at <paramref name="t"/> ends.</summary>
    public static int ValuationBar(BarSeries bars, int t) => Math.Min(t + 2, bars.Count - 1);
}
