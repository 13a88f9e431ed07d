using System.Text.Json.Serialization;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Training.Ensembles;
using TrainingCluster.Training.Leaderboards;

namespace TrainingCluster.Cli.Documents;

/// <summary>The leaderboard as commands print it in JSON.</summary>
internal sealed record LeaderboardDocument(
    int Bars,
    int Trials,
    IReadOnlyList<LeaderboardRowDocument> Rows,
    FieldDocument Field,
    WeightingScores? EnsembleWeighting)
{
    public static LeaderboardDocument Of(Leaderboard board) => new(
        board.Window.Count,
        board.Trials,
        [.. board.Rows.Select(LeaderboardRowDocument.Of)],
        FieldDocument.Of(board.Field),
        board.Weighting);
}

/// <summary>One competitor; ratios are per one, not per cent.</summary>
internal sealed record LeaderboardRowDocument(
    string Kind,
    string Name,
    string? Strategy,
    string? Agent,
    string? Symbol,
    string? Version,
    string? Grade,
    bool Selected,
    double? DeflatedSharpeRatio,
    ScoreDocument NextOpen,
    ScoreDocument NextClose,
    EvidenceDocument Evidence)
{
    /// <summary>As tables say it.</summary>
    [JsonIgnore]
    public string Subject { get; private init; } = "";

    public static LeaderboardRowDocument Of(LeaderboardRow row) => new(
        row.Kind.ToString().ToLowerInvariant(),
        row.Name,
        row.Strategy,
        row.Agent,
        row.Symbol,
        row.Version,
        row.Grade,
        row.Selected,
        row.DeflatedSharpe,
        ScoreDocument.Of(row.NextOpen),
        ScoreDocument.Of(row.NextClose),
        EvidenceDocument.Of(row.Evidence))
    {
        Subject = string.Join(" on ", new[] { row.Subject, row.Symbol }.Where(part => part is not null)),
    };
}

/// <summary>What positions earned, net of costs, under one fill rule.</summary>
internal sealed record ScoreDocument(
    double? SharpeRatio,
    double? SharpeLow,
    double? SharpeHigh,
    double TotalReturnRatio,
    double MaxDrawdownRatio,
    int Trades)
{
    public static ScoreDocument Of(PerformanceMetrics metrics) => new(
        metrics.SharpeRatio, metrics.SharpeLow, metrics.SharpeHigh,
        metrics.TotalReturnRatio, metrics.MaxDrawdownRatio, metrics.Trades);
}
