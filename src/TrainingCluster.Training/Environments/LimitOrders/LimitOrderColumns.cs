using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Training.Environments.LimitOrders;

/// <summary>A market prepared for limit orders, in columns by bar; episodes read it and copy nothing.</summary>
public sealed class LimitOrderColumns
{
    private readonly int[] _sessionEnds;

    /// <param name="bars">The market, usually of minutes.</param>
    /// <param name="micro">[bar, entry]: what is shown of every bar of the lookback.</param>
    /// <param name="macro">[bar, entry]: what is shown of the current bar alone; may be empty.</param>
    /// <param name="costs">Fee and spread are paid on what is filled; capital says what volumes mean. Slippage by
    /// volatility is not: a limit order names its price.</param>
    public LimitOrderColumns(
        BarSeries bars, float[] micro, float[] macro, CostModel costs, LimitOrderOptions options)
    {
        if (bars.Count == 0 || micro.Length == 0 || micro.Length % bars.Count != 0
            || macro.Length % bars.Count != 0)
        {
            throw new ArgumentException(
                $"{bars.Count} bars have {micro.Length} values for the lookback and {macro.Length} for the present; "
                + "there must be whole rows of both, and at least one entry for the lookback");
        }

        (Bars, Micro, Macro, Costs, Options) = (bars, micro, macro, costs, options.Validated());
        (MicroWidth, MacroWidth) = (micro.Length / bars.Count, macro.Length / bars.Count);
        Sessions = FindSessions(bars, options.SessionGapBars);
        _sessionEnds = new int[bars.Count];
        foreach (var session in Sessions)
        {
            _sessionEnds.AsSpan(session.Start, session.Count).Fill(session.End);
        }
    }

    public BarSeries Bars { get; }

    /// <summary>[bar, entry].</summary>
    public float[] Micro { get; }

    /// <summary>[bar, entry].</summary>
    public float[] Macro { get; }

    public CostModel Costs { get; }

    public LimitOrderOptions Options { get; }

    /// <summary>Entries of a bar of the lookback.</summary>
    public int MicroWidth { get; }

    /// <summary>Entries that describe the current bar alone.</summary>
    public int MacroWidth { get; }

    /// <summary>Entries of an observation that a bar's index gives back: [lookback, micro], then macro.</summary>
    public int MarketEntries => Options.Lookback * MicroWidth + MacroWidth;

    /// <summary>In their order; together they are all bars.</summary>
    public ImmutableArray<IndexRange> Sessions { get; }

    /// <summary>The bar after the last one of the session that a bar belongs to.</summary>
    public int SessionEnd(int bar) => _sessionEnds[bar];

    private static ImmutableArray<IndexRange> FindSessions(BarSeries bars, double gapBars)
    {
        var limit = bars.Interval.TotalMilliseconds * gapBars;
        var sessions = ImmutableArray.CreateBuilder<IndexRange>();
        var start = 0;
        for (var bar = 1; bar < bars.Count; bar++)
        {
            if (bars.Times[bar] - bars.Times[bar - 1] > limit)
            {
                sessions.Add(new IndexRange(start, bar));
                start = bar;
            }
        }

        sessions.Add(new IndexRange(start, bars.Count));
        return sessions.ToImmutable();
    }
}
