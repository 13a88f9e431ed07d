using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Training.Environments.Market;

/// <summary>A market prepared for an agent, in columns by bar; episodes read it and copy nothing.</summary>
public sealed class MarketColumns
{
    private readonly double[] _grossReturns;
    private readonly double[] _fillPrices;
    private readonly MarketFrictions _frictions;

    /// <param name="bars">The market.</param>
    /// <param name="observed">[bar, entry] row-major: what an agent sees of the market at the close of a
    /// bar, each value known by then. Kept, not copied: a hybrid rewrites the encoder's entries between
    /// rollouts.</param>
    /// <param name="direction">[bar]: the strategy's side, ±1, or 0 where it has none.</param>
    /// <param name="costs">Fees, spread, slippage, borrowing.</param>
    /// <param name="fill">Where decisions fill.</param>
    public MarketColumns(
        BarSeries bars, float[] observed, ImmutableArray<sbyte> direction, CostModel costs,
        FillRule fill = FillRule.NextOpen)
    {
        if (direction.Length != bars.Count || observed.Length % bars.Count != 0)
        {
            throw new ArgumentException(
                $"{bars.Count} bars have {direction.Length} directions and {observed.Length} values; "
                + "there must be one direction a bar and whole rows of values");
        }

        (Bars, Observed, Direction, Costs, Fill) = (bars, observed, direction, costs, fill);
        Width = observed.Length / bars.Count;
        _grossReturns = MarketSimulator.GrossReturns(bars, fill);
        _frictions = MarketFrictions.Of(bars, costs);
        _fillPrices = (fill == FillRule.NextOpen ? bars.Open : bars.Close).ToArray();
    }

    public BarSeries Bars { get; }

    /// <summary>[bar, entry].</summary>
    public float[] Observed { get; }

    /// <summary>Entries of a row of <see cref="Observed"/>.</summary>
    public int Width { get; }

    public ImmutableArray<sbyte> Direction { get; }

    public CostModel Costs { get; }

    public FillRule Fill { get; }

    /// <summary>The last bar whose decision earns a return.</summary>
    public int LastDecisionBar => _grossReturns.Length - 1;

    /// <summary>What a decision of the bar earns, net of costs: as in a backtest.</summary>
    internal double NetReturn(int bar, double position, double previousPosition) =>
        _frictions.NetReturn(bar, _grossReturns[bar], position, previousPosition);

    /// <summary>The price at which a decision of the bar fills; not known before the next bar.</summary>
    internal double FillPrice(int bar) => _fillPrices[MarketSimulator.FillBar(bar)];
}
