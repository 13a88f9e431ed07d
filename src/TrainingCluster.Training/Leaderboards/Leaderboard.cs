using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Baselines;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Verdicts;
using TrainingCluster.Training.Ensembles;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Leaderboards;

/// <summary>What is compared, on which bars, and how many trials those bars have seen.</summary>
/// <param name="Trials">Distinct specs ever scored on this data lineage, this run's included.</param>
/// <param name="TrialVariance">Variance of their per-bar Sharpe ratios; null where fewer than two have one.</param>
public sealed record LeaderboardInput(
    BarPanel Bars,
    ImmutableArray<LeaderboardCandidate> Candidates,
    ImmutableArray<string> Strategies,
    CostModel Costs,
    Seed Seed,
    int Trials,
    double? TrialVariance)
{
    /// <summary>What the strategies' names mean.</summary>
    public StrategyDefinitions Definitions { get; init; } = StrategyDefinitions.None;
}

/// <summary>
/// Models, bare rules and benchmarks on the same unseen bars and at the same costs. Of several symbols each has a row
/// for the account over all of them and, below, one for each symbol.
/// </summary>
/// <param name="Window">The decision bars; with several symbols indices of <paramref name="Times"/>.</param>
/// <param name="Times">Stamps of the decision bars, Unix milliseconds UTC.</param>
public sealed record Leaderboard(
    IndexRange Window,
    ImmutableArray<long> Times,
    int Trials,
    double? TrialVariance,
    ImmutableArray<LeaderboardRow> Rows)
{
    /// <summary>What the models and rules say about choosing one of them.</summary>
    public required FieldEvidence Field { get; init; }

    /// <summary>The trials that deflate, with the correlation of this board's models.</summary>
    public required TrialPopulation Population { get; init; }

    /// <summary>Weights by regime against equal ones; null where there is no ensemble.</summary>
    public WeightingScores? Weighting { get; init; }

    /// <summary>
    /// Scores everything on the bars that all candidates hold out (their windows differ by a few bars, because
    /// strategies look ahead differently far). Models come first, then rules, then benchmarks.
    /// </summary>
    /// <exception cref="ArgumentException">There is no candidate, or the candidates share no bar.</exception>
    public static Leaderboard Build(LeaderboardInput input)
    {
        var scoring = new LeaderboardScoring(input);
        var rows = ImmutableArray.CreateBuilder<LeaderboardRow>();
        var selected = input.Candidates
            .Where(candidate => ValidationSharpe(candidate) is not null)
            .MaxBy(ValidationSharpe);
        foreach (var candidate in input.Candidates)
        {
            foreach (var row in scoring.Rows(
                LeaderboardKind.Model, candidate.ModelType, candidate.Strategy, scoring.Positions(candidate),
                candidate.Evaluation.Agent))
            {
                rows.Add(row with
                {
                    Version = candidate.Version,
                    Grade = candidate.Grade,
                    ValidationSharpePerBar = row.Symbol is null ? ValidationSharpe(candidate) : null,
                    Selected = row.Symbol is null && ReferenceEquals(candidate, selected),
                });
            }
        }

        foreach (var strategy in input.Strategies)
        {
            var rule = input.Definitions.Rule(strategy);
            rows.AddRange(scoring.Rows(
                LeaderboardKind.Rule, "rule", strategy, scoring.Each((bars, _) => BareRule.Positions(bars, rule))));
        }

        AddBenchmarks(rows, input, scoring, scoring.Positions(selected ?? input.Candidates[0]));
        return LeaderboardEvidence.Judge(input, scoring, rows.ToImmutable());
    }

    /// <summary>The random entries trade as often, as long and as large as the chosen model, at other times.</summary>
    private static void AddBenchmarks(
        ImmutableArray<LeaderboardRow>.Builder rows, LeaderboardInput input, LeaderboardScoring scoring,
        double[] reference)
    {
        void Add(string name, double[] positions) =>
            rows.AddRange(scoring.Rows(LeaderboardKind.Benchmark, name, null, positions));

        var seed = input.Seed.For("random_entries");
        Add("buy_and_hold", scoring.Each((bars, _) => BuyAndHold.Positions(bars)));
        Add("flat", scoring.Each((bars, _) => Flat.Positions(bars)));
        Add("random_entries", scoring.Each((bars, k) => RandomEntries.Positions(
            reference.AsSpan(input.Bars.Starts[k], bars.Count), scoring.Windows[k],
            input.Bars.IsSingle ? seed : seed.For(bars.Symbol))));
    }

    private static double? ValidationSharpe(LeaderboardCandidate candidate) =>
        candidate.Evaluation.Validation is { } validation
            ? SharpeStatistics.Sharpe(validation.Returns.AsSpan()).Value
            : null;
}
