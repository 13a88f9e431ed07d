using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Verdicts;

namespace TrainingCluster.Cli.Documents;

/// <summary>
/// What choosing one of several is worth, as commands print it in JSON. What could not be computed is null and named
/// in <see cref="NotComputed"/> with the reason.
/// </summary>
internal sealed record FieldDocument(
    IReadOnlyList<string> Competitors,
    string Benchmark,
    string? Chosen,
    double? Correlation,
    double? RealityCheckP,
    SuperiorAbility? SuperiorAbility,
    OverfittingDocument? Overfitting,
    IReadOnlyList<PairDocument> Pairs,
    IReadOnlyDictionary<string, string> NotComputed)
{
    public static FieldDocument Of(FieldEvidence field) => new(
        field.Competitors,
        field.Benchmark,
        field.Chosen,
        field.Correlation,
        field.RealityCheck.Value?.PValue,
        field.SuperiorAbility.Value,
        field.Overfitting.Value is { } pbo
            ? new OverfittingDocument(
                pbo.Probability, pbo.LossProbability, pbo.Slope.Value, field.Blocks, pbo.Logits.Length)
            : null,
        [
            .. field.Pairs.Select(pair => new PairDocument(
                pair.Other,
                pair.Difference.Value?.Difference,
                pair.Difference.Value?.StandardError,
                pair.Difference.Value?.PValue,
                pair.Adjusted,
                pair.Difference.Missing)),
        ],
        Missing(field));

    private static SortedDictionary<string, string> Missing(FieldEvidence field)
    {
        (string Name, string? Reason)[] all =
        [
            ("correlation", field.Correlation is null ? "fewer than 2 competitors vary" : null),
            ("realityCheckP", field.RealityCheck.Missing),
            ("superiorAbility", field.SuperiorAbility.Missing),
            ("overfitting", field.Overfitting.Missing),
            ("pairs", field.WithoutPairs),
        ];
        return new SortedDictionary<string, string>(
            all.Where(one => one.Reason is not null).ToDictionary(one => one.Name, one => one.Reason!),
            StringComparer.Ordinal);
    }
}

/// <summary>The probability of backtest overfitting.</summary>
/// <param name="Probability">Share of halvings in which the best is below the median in the other half.</param>
/// <param name="LossProbability">Share in which it loses there.</param>
/// <param name="Slope">From a competitor's Sharpe ratio inside to that outside; null where all are equal.</param>
/// <param name="Blocks">That the bars were divided into.</param>
/// <param name="Halvings">How many were looked at.</param>
internal sealed record OverfittingDocument(
    double Probability, double LossProbability, double? Slope, int Blocks, int Halvings);

/// <summary>The chosen one against another: difference of the Sharpe ratios per bar.</summary>
/// <param name="AdjustedP">After Holm, over all pairs.</param>
/// <param name="NotComputed">Why there is no test, or null.</param>
internal sealed record PairDocument(
    string Other, double? Difference, double? StandardError, double? P, double? AdjustedP, string? NotComputed);
