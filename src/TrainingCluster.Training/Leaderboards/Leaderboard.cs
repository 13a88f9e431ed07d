using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Baselines;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Verdicts;
using TrainingCluster.Training.Ensembles;

namespace TrainingCluster.Training.Leaderboards;

/// <summary>What is compared, on which bars, and how many trials those bars have seen.</summary>
/// <param name="Trials">Distinct specs ever scored on this data lineage, this run's included.</param>
/// <param name="TrialVariance">Variance of their per-bar Sharpe ratios; null where fewer than two have one.</param>
public sealed record LeaderboardInput(
    BarSeries Bars,
    ImmutableArray<LeaderboardCandidate> Candidates,
    ImmutableArray<string> Strategies,
    CostModel Costs,
    Seed Seed,
    int Trials,
    double? TrialVariance);

/// <summary>Models, bare rules and benchmarks on the same unseen bars and at the same costs.</summary>
public sealed record Leaderboard(
    IndexRange Window, int Trials, double? TrialVariance, ImmutableArray<LeaderboardRow> Rows)
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
        var window = CommonWindow(input.Candidates);
        var rows = ImmutableArray.CreateBuilder<LeaderboardRow>();
        var selected = input.Candidates
            .Where(candidate => ValidationSharpe(candidate) is not null)
            .MaxBy(ValidationSharpe);
        foreach (var candidate in input.Candidates)
        {
            var row = Row(input, window, LeaderboardKind.Model, candidate.ModelType, candidate.Strategy,
                Positions(candidate, input.Bars.Count)) with
            {
                Version = candidate.Version,
                Grade = candidate.Grade,
                ValidationSharpePerBar = ValidationSharpe(candidate),
                Selected = ReferenceEquals(candidate, selected),
            };
            rows.Add(row);
        }

        foreach (var strategy in input.Strategies)
        {
            rows.Add(Row(input, window, LeaderboardKind.Rule, "rule", strategy,
                BareRule.Positions(input.Bars, StrategyCatalog.Get(strategy))));
        }

        AddBenchmarks(rows, input, window, Positions(selected ?? input.Candidates[0], input.Bars.Count));
        return LeaderboardEvidence.Judge(input, window, rows.ToImmutable());
    }

    /// <summary>The random entries trade as often, as long and as large as the chosen model, at other times.</summary>
    private static void AddBenchmarks(
        ImmutableArray<LeaderboardRow>.Builder rows, LeaderboardInput input, IndexRange window, double[] reference)
    {
        var random = RandomEntries.Positions(reference, window, input.Seed.For("random_entries"));
        rows.Add(Row(input, window, LeaderboardKind.Benchmark, "buy_and_hold", null, BuyAndHold.Positions(input.Bars)));
        rows.Add(Row(input, window, LeaderboardKind.Benchmark, "flat", null, Flat.Positions(input.Bars)));
        rows.Add(Row(input, window, LeaderboardKind.Benchmark, "random_entries", null, random));
    }

    private static LeaderboardRow Row(
        LeaderboardInput input,
        IndexRange window,
        LeaderboardKind kind,
        string name,
        string? strategy,
        double[] positions)
    {
        var open = Backtest.Run(input.Bars, positions, window, input.Costs);
        var close = Backtest.Run(input.Bars, positions, window, input.Costs, FillRule.NextClose);
        var seed = input.Seed.For($"bootstrap/{name}/{strategy}");
        var metrics = Performance.Measure(open, input.Bars.BarsPerYear, seed);
        return new LeaderboardRow
        {
            Kind = kind,
            Name = name,
            Strategy = strategy,
            Version = null,
            Grade = null,
            NextOpen = metrics,
            NextClose = Performance.Measure(close, input.Bars.BarsPerYear, seed),
            Evidence = LeaderboardEvidence.Of(input, positions, open, metrics),
            Returns = open.Returns,
            Equity = open.Equity,
        };
    }

    private static double? ValidationSharpe(LeaderboardCandidate candidate) =>
        candidate.Evaluation.Validation is { } validation
            ? SharpeStatistics.Sharpe(validation.Returns.AsSpan()).Value
            : null;

    private static double[] Positions(LeaderboardCandidate candidate, int bars)
    {
        var positions = new double[bars];
        candidate.Evaluation.Positions.AsSpan().CopyTo(positions.AsSpan(candidate.Evaluation.FirstBar));
        return positions;
    }

    private static IndexRange CommonWindow(ImmutableArray<LeaderboardCandidate> candidates)
    {
        if (candidates.IsDefaultOrEmpty)
        {
            throw new ArgumentException("a leaderboard needs at least one trained model");
        }

        var start = candidates.Max(candidate => candidate.Evaluation.FirstBar);
        var end = candidates.Min(candidate => candidate.Evaluation.FirstBar + candidate.Evaluation.Positions.Length);
        return end > start
            ? new IndexRange(start, end)
            : throw new ArgumentException(
                $"the models' test windows share no bar: the last starts at bar {start}, the first ends at bar {end}");
    }
}
