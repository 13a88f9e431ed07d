using System.Collections.Immutable;
using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Calendars;
using TrainingCluster.MarketData.Import;

namespace TrainingCluster.MarketData.Sources.Updates;

/// <summary>All pages of a range together.</summary>
internal sealed record FetchedBars(
    ImportedBars Batch,
    ImmutableArray<PriceFactor> Factors,
    ImmutableArray<FetchFinding> Findings,
    TradingCalendar? Calendar);
