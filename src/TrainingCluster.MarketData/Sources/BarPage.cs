using System.Collections.Immutable;
using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Calendars;
using TrainingCluster.MarketData.Import;
using TrainingCluster.MarketData.Repairs;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.MarketData.Sources;

/// <summary>What one question to a source brought.</summary>
/// <param name="Bars">In any order, with what was repaired and what could not be read; its draft is null where there
/// are no bars in the range. Bars outside the range are allowed and left aside.</param>
public sealed record BarPage(ImportedBars Bars)
{
    /// <summary>From where to ask for more; null where the range is complete.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>Splits and dividends that the source tells of, whether or not its prices contain them.</summary>
    public ImmutableArray<PriceFactor> Factors { get; init; } = [];

    /// <summary>What a person should know, such as a history that begins later than asked.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Of the market, where the source knows it; null guesses from the stamps.</summary>
    public TradingCalendar? Calendar { get; init; }

    /// <summary>A page of bars that came whole; null or empty bars stand for none.</summary>
    public static BarPage Of(string source, BarDraft? bars, RepairList? repairs = null) =>
        new(new ImportedBars(source, null, bars is { Count: > 0 } ? bars : null, repairs ?? RepairList.None, [], 0));
}
