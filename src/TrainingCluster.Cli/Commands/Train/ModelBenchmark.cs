using System.Collections.Immutable;
using TrainingCluster.Cli.Commands.Backtests;
using TrainingCluster.Cli.Documents;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Baselines;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Statistics;
using TrainingCluster.Trading.Verdicts;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>Models on the bars that all of them can decide at; symbols share one account alike.</summary>
internal sealed class ModelBenchmark
{
    private const int FewestDecisions = 30;
    private static readonly Seed Origin = new Seed(1).For("benchmark");
    private readonly BarPanel _panel;
    private readonly ImmutableArray<Entry> _entries;
    private readonly Entry _hold;

    private ModelBenchmark(
        BarPanel panel, ImmutableArray<Entry> entries, Entry hold, ImmutableArray<TrialCounted> trials)
    {
        (_panel, _entries, _hold, Trials) = (panel, entries, hold, trials);
    }

    /// <summary>What comparing them tries on these bars.</summary>
    public ImmutableArray<TrialCounted> Trials { get; }

    /// <exception cref="UserErrorException">A model is not stored whole, or they share too few bars.</exception>
    public static ModelBenchmark Of(
        IArtifactStore artifacts, ImmutableArray<ModelVersion> versions, BarPanel panel, CostModel costs)
    {
        var account = new AccountOptions { Costs = costs };
        var studies = versions.Select(version => new ModelStudy(
            artifacts, version,
            ModelStudy.Evaluation(artifacts, version) ?? throw new UserErrorException(new UserError(
                ExitCode.CheckFailed, "backtest.no_evaluation", $"{version.Id} has no stored decisions")),
            account, Origin)).ToArray();
        var tracks = studies.Select(study => study.Decide(panel.Symbols)).ToArray();
        ImmutableArray<IndexRange> windows =
        [
            .. panel.Symbols.Select((bars, k) =>
                new IndexRange(tracks.Max(track => track[k].Window.Start), tracks.Min(track => track[k].Window.End))),
        ];
        if (windows.Any(window => window.Count < FewestDecisions))
        {
            throw new UserErrorException(new UserError(
                ExitCode.CheckFailed, "benchmark.too_few",
                $"the models share {windows.Min(window => Math.Max(0, window.Count))} decision bars; at least "
                    + $"{FewestDecisions} of each symbol are needed: give more bars"));
        }

        Entry Scored(string name, IEnumerable<double[]> positions, string? warning)
        {
            var result = PanelBacktest.Run(panel, [.. positions.SelectMany(one => one)], windows, costs);
            return new Entry(
                name, result, Performance.Measure(result.Account, panel.BarsPerYear, Origin.For(name)), warning);
        }

        ImmutableArray<Entry> entries =
        [
            .. versions.Select((version, i) => Scored(
                version.Id.ToString(), tracks[i].Select(track => track.Positions),
                studies[i].Seen(panel.Symbols, windows))),
        ];
        var data = BacktestIdentity.DataOf(panel.Symbols);
        return new ModelBenchmark(
            panel, entries,
            Scored("buy and hold", panel.Symbols.Select(bars => BuyAndHold.Positions(bars)), null),
            [
                .. versions.Zip(entries, (version, entry) => new TrialCounted(
                    data, BacktestIdentity.SpecOf(version.Digest, account), version.Id.Model.Type,
                    version.Id.Model.Name, entry.Metrics.SharpePerBar)),
            ]);
    }

    /// <param name="trials">All on these bars, these included.</param>
    public BenchmarkDocument Judged(TrialPopulation trials)
    {
        Competitor[] competitors = [.. _entries.Select(entry => entry.ToCompetitor())];
        var best = Enumerable.Range(0, _entries.Length).MaxBy(i => _entries[i].Metrics.SharpeRatio ?? double.MinValue);
        var field = FieldEvidence.Of(competitors, _hold.ToCompetitor(), best, Origin.For("field"));
        var population = trials with { Correlation = field.Correlation };
        var times = _hold.Result.Times;
        return new BenchmarkDocument(
            [
                .. _entries.OrderByDescending(entry => entry.Metrics.SharpeRatio ?? double.MinValue)
                    .Select(entry => entry.ToRow(population.DeflatedSharpe(
                        Moments.Of(entry.Result.Account.Returns.AsSpan())).Value)),
                _hold.ToRow(null),
            ],
            times.Length,
            DateTimeOffset.FromUnixTimeMilliseconds(times[0]),
            DateTimeOffset.FromUnixTimeMilliseconds(times[^1]),
            trials.Count,
            FieldDocument.Of(field))
        {
            Choice = field.Lines().AddRange(field.PairLines()),
        };
    }

    private sealed record Entry(string Name, PanelResult Result, PerformanceMetrics Metrics, string? Warning)
    {
        public Competitor ToCompetitor() => new(Name, [.. Result.Account.Returns]);

        public BenchmarkRow ToRow(double? deflated) => new(
            Name, Metrics.SharpeRatio, Metrics.SharpeLow, Metrics.SharpeHigh, deflated, Metrics.TotalReturnRatio,
            Metrics.MaxDrawdownRatio, Metrics.Trades, Warning);
    }
}
