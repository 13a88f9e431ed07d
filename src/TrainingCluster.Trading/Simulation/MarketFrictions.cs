using TrainingCluster.Features.Atr;
using TrainingCluster.Features.Rolling;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Simulation;

/// <summary>
/// Costs on one market, bar by bar. What an order decided at a bar will cost is taken from bars up to that one:
/// the average true range (the bar's own range before that is defined) and the mean volume of 20 bars. Immutable.
/// </summary>
public sealed class MarketFrictions
{
    private const int VolumeBars = 20;

    private readonly CostModel _costs;
    private readonly double[]? _range;
    private readonly double[]? _traded;
    private readonly double _borrow;
    private readonly double _turnover;

    private MarketFrictions(CostModel costs, double[]? range, double[]? traded, double borrow) =>
        (_costs, _range, _traded, _borrow, _turnover) = (costs, range, traded, borrow, costs.TurnoverRatio);

    public CostModel Costs => _costs;

    public static MarketFrictions Of(BarSeries bars, CostModel costs)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentNullException.ThrowIfNull(costs);
        return new MarketFrictions(
            costs,
            costs.DependsOnBars ? Ranges(bars) : null,
            costs.ImpactSlippage > 0 ? Traded(bars) : null,
            costs.BorrowRatioPerYear > 0 ? costs.BorrowRatioPerYear / bars.BarsPerYear : 0);
    }

    /// <summary>The share of equity that a change of position decided at bar <paramref name="t"/> costs.</summary>
    public double Cost(int t, double change)
    {
        var size = Math.Abs(change);
        return _range is null
            ? _turnover * size
            : size * (_turnover + Slippage(t, size * _costs.Capital));
    }

    /// <summary>
    /// By how much of the price an order worth <paramref name="money"/>, decided at bar <paramref name="t"/>, fills
    /// worse than at the middle: slippage, without spread and fee.
    /// </summary>
    public double Slippage(int t, double money)
    {
        if (_range is null)
        {
            return 0;
        }

        var impact = _traded is null ? 0 : _costs.ImpactSlippage * Math.Sqrt(Participation(t, money));
        return _range[t] * (_costs.VolatilitySlippage + impact);
    }

    /// <summary>The share of equity that holding <paramref name="position"/> until the next fill costs.</summary>
    public double Borrow(double position) => position < 0 ? -position * _borrow : 0;

    /// <summary>position × gross − cost of the change − borrowing, not below −1.</summary>
    /// <remarks>Adding zero turns the −0 of a flat bar in a falling market into 0.</remarks>
    public double NetReturn(int t, double grossReturn, double position, double previousPosition) => Math.Max(
        -1, position * grossReturn - (Cost(t, position - previousPosition) + Borrow(position)) + 0.0);

    /// <summary>An order without any volume to meet counts as all of a bar's.</summary>
    private double Participation(int t, double money) =>
        _traded![t] > 0 ? Math.Min(1, money / _traded[t]) : 1;

    private static double[] Ranges(BarSeries bars)
    {
        var ranges = AtrIndicator.Compute(bars, new AtrOptions());
        for (var t = 0; t < ranges.Length; t++)
        {
            ranges[t] = (double.IsNaN(ranges[t]) ? bars.High[t] - bars.Low[t] : ranges[t]) / bars.Close[t];
        }

        return ranges;
    }

    /// <summary>Money traded in a usual bar.</summary>
    private static double[] Traded(BarSeries bars)
    {
        var traded = SmaIndicator.Compute(bars.Volume, VolumeBars);
        for (var t = 0; t < traded.Length; t++)
        {
            traded[t] = (double.IsNaN(traded[t]) ? bars.Volume[t] : traded[t]) * bars.Close[t];
        }

        return traded;
    }
}
