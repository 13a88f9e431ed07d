using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Training.Environments.Market;

/// <summary>
/// One or more markets prepared for an agent, in columns by row of their panel; episodes read them and copy nothing.
/// With one symbol a row is a bar.
/// </summary>
public sealed class MarketColumns
{
    private readonly double[] _grossReturns;
    private readonly double[] _fillPrices;
    private readonly double[] _closes;
    private readonly ImmutableArray<MarketFrictions> _frictions;

    /// <param name="panel">The markets.</param>
    /// <param name="observed">[row, entry] row-major: what an agent sees of the market at the close of a
    /// bar, each value known by then. Kept, not copied: a hybrid rewrites the encoder's entries between
    /// rollouts.</param>
    /// <param name="direction">[row]: the strategy's side, ±1, or 0 where it has none.</param>
    /// <param name="costs">Fees, spread, slippage, borrowing.</param>
    /// <param name="fill">Where decisions fill.</param>
    public MarketColumns(
        BarPanel panel, float[] observed, ImmutableArray<sbyte> direction, CostModel costs,
        FillRule fill = FillRule.NextOpen)
    {
        if (direction.Length != panel.Count || observed.Length % panel.Count != 0)
        {
            throw new ArgumentException(
                $"{panel.Count} bars have {direction.Length} directions and {observed.Length} values; "
                + "there must be one direction a bar and whole rows of values");
        }

        (Panel, Observed, Direction, Costs, Fill) = (panel, observed, direction, costs, fill);
        Width = observed.Length / panel.Count;
        _grossReturns = new double[panel.Count];
        _fillPrices = new double[panel.Count];
        _closes = new double[panel.Count];
        Array.Fill(_grossReturns, double.NaN);
        for (var k = 0; k < panel.Symbols.Length; k++)
        {
            var (bars, start) = (panel.Symbols[k], panel.Starts[k]);
            MarketSimulator.GrossReturns(bars, fill).CopyTo(_grossReturns, start);
            (fill == FillRule.NextOpen ? bars.Open : bars.Close).CopyTo(_fillPrices.AsSpan(start));
            bars.Close.CopyTo(_closes.AsSpan(start));
        }

        _frictions = [.. panel.Symbols.Select(bars => MarketFrictions.Of(bars, costs))];
    }

    public BarPanel Panel { get; }

    /// <summary>[row, entry].</summary>
    public float[] Observed { get; }

    /// <summary>[row]: how strongly the last bars went up, known at the close of the row: what
    /// <see cref="RewardShaping"/> needs. Null where the pipeline has no columns for it.</summary>
    public float[]? Trend { get; init; }

    /// <summary>Entries of a row of <see cref="Observed"/>.</summary>
    public int Width { get; }

    public ImmutableArray<sbyte> Direction { get; }

    public CostModel Costs { get; }

    public FillRule Fill { get; }

    /// <summary>Whether a decision at the row still earns a return before its symbol ends.</summary>
    public bool Earns(int row) => !double.IsNaN(_grossReturns[row]);

    /// <summary>The rows of a range within one symbol whose decisions earn a return.</summary>
    public IndexRange Earning(IndexRange rows)
    {
        if (rows.Start < 0 || rows.Start >= Panel.Count)
        {
            return rows with { End = rows.Start };
        }

        var k = Panel.SymbolOf(rows.Start);
        var last = Panel.Starts[k] + MarketSimulator.LastDecisionBar(Panel.Symbols[k], Fill);
        return rows with { End = Math.Min(rows.End, last + 1) };
    }

    /// <summary>Price at the close of a row.</summary>
    internal double Close(int row) => _closes[row];

    /// <summary>What a decision of the row earns, net of costs: as in a backtest.</summary>
    internal double NetReturn(int row, double position, double previousPosition)
    {
        var k = Panel.IsSingle ? 0 : Panel.SymbolOf(row);
        return _frictions[k].NetReturn(row - Panel.Starts[k], _grossReturns[row], position, previousPosition);
    }

    /// <summary>The price at which a decision of the row fills; not known before the next bar.</summary>
    internal double FillPrice(int row) => _fillPrices[MarketSimulator.FillBar(row)];
}
