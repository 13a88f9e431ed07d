using System.Text.Json.Serialization;
using TrainingCluster.Trading.Verdicts;

namespace TrainingCluster.Cli.Documents;

/// <summary>Models side by side on the same bars, best first.</summary>
/// <param name="Bars">Decisions that were compared: those that every model can make.</param>
/// <param name="Trials">All that were scored on these bars, these included.</param>
/// <param name="Field">What choosing the best of them is worth.</param>
internal sealed record BenchmarkDocument(
    IReadOnlyList<BenchmarkRow> Items, int Bars, DateTimeOffset From, DateTimeOffset To, int Trials,
    FieldDocument Field)
{
    /// <summary>The same of the field in words.</summary>
    [JsonIgnore]
    public IReadOnlyList<EvidenceLine> Choice { get; init; } = [];
}

/// <summary>One model, or buying and holding.</summary>
/// <param name="Model">Its id.</param>
/// <param name="Warning">How many of the bars its training had seen; null where none.</param>
internal sealed record BenchmarkRow(
    string Model, double? SharpeRatio, double? SharpeLow, double? SharpeHigh, double? DeflatedSharpeRatio,
    double TotalReturnRatio, double MaxDrawdownRatio, int Trades, string? Warning);
