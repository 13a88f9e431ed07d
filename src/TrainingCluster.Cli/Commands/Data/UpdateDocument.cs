using TrainingCluster.Cli.Output;
using TrainingCluster.MarketData.Adjustments;
using TrainingCluster.MarketData.Quality;
using TrainingCluster.MarketData.Sources;
using TrainingCluster.MarketData.Sources.Updates;

namespace TrainingCluster.Cli.Commands.Data;

/// <summary>The update of one series in JSON. Members are only ever added.</summary>
internal sealed record UpdateDocument(
    string Source, string Symbol, string Timeframe, SeriesStatus Status, int Added, int Revised, int? Bars,
    DateTimeOffset? First, DateTimeOffset? Last, string? Sha256, int Requests, UpdateFinding[] Findings,
    string[] Repairs, long TotalRepairs, UpdateEvent[] Events, string? Quarantine)
{
    public static UpdateDocument Of(SeriesOutcome outcome) => new(
        outcome.Key.Source, outcome.Key.Symbol, TextFormat.Timeframe(outcome.Key.Interval), outcome.Status,
        outcome.Added, outcome.Revised, outcome.Row?.Bars, outcome.Row?.First, outcome.Row?.Last,
        outcome.Row?.Digest.Hex, outcome.Requests,
        [.. outcome.Findings.Select(finding => new UpdateFinding(finding.Rule, finding.Severity, finding.Detail))],
        [.. outcome.Repairs.Items.Select(repair => repair.ToString())], outcome.Repairs.Total,
        [.. outcome.Factors.Select(UpdateEvent.Of)], outcome.Quarantine);
}

internal sealed record UpdateFinding(FetchRule Rule, QualitySeverity Severity, string Detail);

/// <summary>A split or dividend that the source told of.</summary>
internal sealed record UpdateEvent(DateTimeOffset At, double SharesPerOld, double Dividend)
{
    public static UpdateEvent Of(PriceFactor factor) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(factor.From), factor.SharesPerOld, factor.Dividend);
}
