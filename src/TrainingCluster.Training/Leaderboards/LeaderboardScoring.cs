using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Leaderboards;

/// <summary>Turns positions into rows of a leaderboard, on the bars that all its candidates hold out.</summary>
internal sealed class LeaderboardScoring
{
    private readonly LeaderboardInput _input;

    /// <exception cref="ArgumentException">There is no candidate, or they share no bar.</exception>
    public LeaderboardScoring(LeaderboardInput input)
    {
        _input = input;
        Windows = CommonWindows(input);
        var account = PanelBacktest.Run(input.Bars, new double[input.Bars.Count], Windows, input.Costs);
        (Window, Times) = (input.Bars.IsSingle ? Windows[0] : account.Account.Window, account.Times);
    }

    /// <summary>By symbol, in bars of the symbol.</summary>
    public ImmutableArray<IndexRange> Windows { get; }

    /// <summary>Of one symbol its own; of several all moments of the account.</summary>
    public IndexRange Window { get; }

    public ImmutableArray<long> Times { get; }

    /// <summary>Positions by row from those of each symbol.</summary>
    public double[] Each(Func<BarSeries, int, double[]> positions) =>
        [.. _input.Bars.Symbols.SelectMany((bars, k) => positions(bars, k))];

    /// <summary>What a candidate decided on its test windows, by row.</summary>
    public double[] Positions(LeaderboardCandidate candidate)
    {
        var positions = new double[_input.Bars.Count];
        var parts = Parts(candidate.Evaluation);
        for (var k = 0; k < parts.Length; k++)
        {
            parts[k].Positions.AsSpan().CopyTo(positions.AsSpan(_input.Bars.Starts[k] + parts[k].FirstBar));
        }

        return positions;
    }

    /// <summary>Of one symbol one row; of several the account's, then each symbol's.</summary>
    public ImmutableArray<LeaderboardRow> Rows(
        LeaderboardKind kind, string name, string? strategy, double[] positions, string? agent = null)
    {
        var panel = _input.Bars;
        var open = PanelBacktest.Run(panel, positions, Windows, _input.Costs);
        var close = PanelBacktest.Run(panel, positions, Windows, _input.Costs, FillRule.NextClose);
        var own = strategy is not null && agent is not null ? Stages.HybridName(strategy, agent) : strategy;
        var seed = _input.Seed.For($"bootstrap/{name}/{own}");
        var evidence = new RowEvidence(panel, open, [.. CostSensitivity.Factors.Select(
            factor => factor == 1 ? open : PanelBacktest.Run(panel, positions, Windows, _input.Costs.Times(factor)))]);
        LeaderboardRow Row(int? k, BacktestResult atOpen, BacktestResult atClose, double perYear, Seed from)
        {
            var metrics = Performance.Measure(atOpen, perYear, from);
            return new LeaderboardRow
            {
                Kind = kind,
                Name = name,
                Strategy = strategy,
                Agent = agent,
                Symbol = k is { } symbol ? panel.Symbols[symbol].Symbol : null,
                Version = null,
                Grade = null,
                NextOpen = metrics,
                NextClose = Performance.Measure(atClose, perYear, from),
                Evidence = evidence.Of(k, metrics),
                Returns = atOpen.Returns,
                Equity = atOpen.Equity,
            };
        }

        var account = Row(null, open.Account, close.Account, panel.BarsPerYear, seed);
        return panel.IsSingle
            ? [account]
            : [account, .. panel.Symbols.Select((bars, k) => Row(
                k, open.Symbols[k], close.Symbols[k], bars.BarsPerYear, seed.For(bars.Symbol)))];
    }

    private static ImmutableArray<IndexRange> CommonWindows(LeaderboardInput input)
    {
        if (input.Candidates.IsDefaultOrEmpty)
        {
            throw new ArgumentException("a leaderboard needs at least one trained model");
        }

        var parts = input.Candidates.Select(candidate => Parts(candidate.Evaluation)).ToArray();
        return [.. input.Bars.Symbols.Select((bars, k) =>
        {
            var start = parts.Max(part => part[k].FirstBar);
            var end = parts.Min(part => part[k].FirstBar + part[k].Positions.Length);
            return end > start
                ? new IndexRange(start, end)
                : throw new ArgumentException(
                    $"the models' test windows share no bar of '{bars.Symbol}': the last starts at bar {start}, the "
                    + $"first ends at bar {end}");
        })];
    }

    private static ImmutableArray<(int FirstBar, ImmutableArray<double> Positions)> Parts(JobEvaluation evaluation) =>
        evaluation.Symbols is { } symbols
            ? [.. symbols.Select(symbol => (symbol.FirstBar, symbol.Positions))]
            : [(evaluation.FirstBar, evaluation.Positions)];
}
