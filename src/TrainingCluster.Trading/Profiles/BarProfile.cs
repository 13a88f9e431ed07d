using System.Collections.Immutable;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.Trading.Profiles;

/// <summary>What bars are like: columns as they came, rhythm and returns after order and repeats are mended.</summary>
/// <param name="Symbol">Of the bars.</param>
/// <param name="Rows">How many, as they came.</param>
/// <param name="First">Unix milliseconds of the earliest bar.</param>
/// <param name="Last">Unix milliseconds of the latest bar.</param>
/// <param name="Columns">Open, high, low, close, volume, then further ones.</param>
/// <param name="Rhythm">Null with fewer than two usable bars.</param>
/// <param name="Returns">Null with fewer than two usable bars.</param>
public sealed record BarProfile(
    string Symbol, int Rows, long First, long Last, ImmutableArray<ColumnSummary> Columns, RhythmSummary? Rhythm,
    ReturnSummary? Returns)
{
    /// <param name="draft">At least one bar.</param>
    public static BarProfile Of(BarDraft draft)
    {
        ArgumentOutOfRangeException.ThrowIfZero(draft.Count);
        ImmutableArray<ColumnSummary> columns =
        [
            ColumnSummary.Of("open", draft.Open.Span), ColumnSummary.Of("high", draft.High.Span),
            ColumnSummary.Of("low", draft.Low.Span), ColumnSummary.Of("close", draft.Close.Span),
            ColumnSummary.Of("volume", draft.Volume.Span),
            .. draft.Extra.Select(column => ColumnSummary.Of(column.Name, column.Values.Span)),
        ];
        var times = draft.Times.ToArray();
        var bars = Usable(draft);
        return new BarProfile(
            draft.Symbol, draft.Count, times.Min(), times.Max(), columns,
            bars is null ? null : RhythmSummary.Of(bars),
            bars is null ? null : ReturnSummary.Of(bars.Times, bars.Close, bars.BarsPerYear));
    }

    /// <summary>No gap is filled, no price changed: that would be a profile of the repair.</summary>
    private static BarSeries? Usable(BarDraft draft)
    {
        var plain = draft with { Extra = [] };
        var options = new RepairOptions
        {
            LargestFilledGap = 0,
            BadTickDeviations = double.PositiveInfinity,
            RangeTolerance = 0,
        };
        var repaired = BarRepairer.Repair(plain, options).Bars;
        return repaired.Count == 0 ? null : BarSeries.Create(repaired);
    }
}
