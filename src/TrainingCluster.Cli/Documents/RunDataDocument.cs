using System.Globalization;
using System.Text.Json;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Cli.Documents;

/// <summary>What a run's folder keeps about its bars: <c>data.json</c>.</summary>
/// <param name="Sha256">Of the whole data set.</param>
internal sealed record RunDataDocument(
    string Sha256, IReadOnlyList<RunBatchDocument> Symbols, IReadOnlyList<ReadinessDocument> Readiness)
{
    private const string FileName = "data.json";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static RunDataDocument Of(TrainingData data, IEnumerable<StrategyReadiness> readiness) => new(
        data.Panel.Digest.Hex,
        [.. data.Batches.Select(RunBatchDocument.Of)],
        [.. readiness.Select(ReadinessDocument.Of)]);

    /// <summary>Null where the run keeps none.</summary>
    public static RunDataDocument? Load(string folder)
    {
        var file = Path.Combine(folder, FileName);
        return File.Exists(file) ? JsonSerializer.Deserialize<RunDataDocument>(File.ReadAllText(file), Form) : null;
    }

    public void Save(string folder) =>
        File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Form));

    /// <summary>For people, before the run starts.</summary>
    public void Write(TextWriter writer, TrainingData data)
    {
        foreach (var batch in data.Batches)
        {
            batch.Write(writer);
        }

        foreach (var strategy in Readiness)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{strategy.Strategy}: readiness {strategy.Level}, {strategy.Samples} training samples, "
                    + $"{strategy.WinRate:P0} wins, balance {strategy.Balance:0.00}"));
            foreach (var suggestion in strategy.Suggestions)
            {
                writer.WriteLine($"  {suggestion}");
            }
        }
    }
}

/// <summary>One symbol's bars.</summary>
internal sealed record RunBatchDocument(
    string Symbol, string Source, int Bars, string Sha256, double Quality, IReadOnlyList<string> Findings,
    IReadOnlyList<string> Repairs, long TotalRepairs, IReadOnlyList<string> Overruled)
{
    public static RunBatchDocument Of(TrainingBatch batch) => new(
        batch.Bars.Symbol, batch.Source, batch.Bars.Count, batch.Bars.Digest.Hex, batch.Quality.Score,
        [.. batch.Quality.Findings.Select(finding => $"{finding.Check}: {finding.Detail}")],
        [.. batch.Repairs.Items.Select(repair => repair.ToString())], batch.Repairs.Total, batch.Overruled);
}

/// <summary>What the training samples of a strategy are worth.</summary>
/// <param name="WinRate">Null without samples.</param>
internal sealed record ReadinessDocument(
    string Strategy, string Level, int Samples, double? WinRate, double Balance, double Quality,
    IReadOnlyList<string> Suggestions)
{
    public static ReadinessDocument Of(StrategyReadiness of) => new(
        of.Strategy,
        of.Readiness.Level.ToString().ToLowerInvariant(),
        of.Readiness.Samples,
        double.IsNaN(of.Readiness.WinRate) ? null : of.Readiness.WinRate,
        of.Readiness.Balance,
        of.Readiness.Quality,
        of.Readiness.Suggestions);
}
