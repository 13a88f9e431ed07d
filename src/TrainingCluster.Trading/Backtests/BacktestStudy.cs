using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Baselines;
using TrainingCluster.Trading.Metrics;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies;

namespace TrainingCluster.Trading.Backtests;

/// <summary>One way to have traded, and what it showed.</summary>
/// <param name="Times">By decision, Unix milliseconds UTC.</param>
public sealed record BacktestTrack(
    string Name, ImmutableArray<long> Times, BacktestResult Result, PerformanceMetrics Metrics);

/// <summary>
/// A backtest with what it must be compared with: buying and holding the same symbols, and the same decisions at
/// other costs.
/// </summary>
public sealed record BacktestStudy
{
    public required string Subject { get; init; }

    public required ImmutableArray<BarSeries> Markets { get; init; }

    public required CostModel Costs { get; init; }

    public required BacktestTrack Track { get; init; }

    public required BacktestTrack BuyAndHold { get; init; }

    public required ImmutableArray<CostSensitivity> Sensitivity { get; init; }

    /// <summary>The settings around the tested ones on the same bars; empty where nobody asked for them.</summary>
    public ImmutableArray<BacktestNeighbour> Neighbours { get; init; } = [];

    /// <summary>What to know before the figures: decisions on bars that a model's training had seen.</summary>
    public string? Warning { get; init; }

    /// <summary>The account behind the track; null where one symbol's shares of equity were walked.</summary>
    public AccountResult? Account { get; init; }

    /// <summary>Shares of equity on one symbol: exactly what learners train in.</summary>
    /// <param name="subject">What is tested.</param>
    /// <param name="bars">The market.</param>
    /// <param name="positions">One a bar.</param>
    /// <param name="window">The decision bars.</param>
    /// <param name="costs">Fees, spread, slippage, borrowing.</param>
    /// <param name="seed">Of the bootstrap intervals.</param>
    public static BacktestStudy OfPositions(
        string subject, BarSeries bars, double[] positions, IndexRange window, CostModel costs, Seed seed)
    {
        BacktestTrack Of(string name, double[] held, CostModel at)
        {
            var result = Backtest.Run(bars, held, window, at);
            return new BacktestTrack(
                name,
                [.. bars.Times[result.Window.Start..result.Window.End]],
                result,
                Performance.Measure(result, bars.BarsPerYear, seed.For(name)));
        }

        var track = Of("strategy", positions, costs);
        return new BacktestStudy
        {
            Subject = subject,
            Markets = [bars],
            Costs = costs,
            Track = track,
            BuyAndHold = Of("buy_and_hold", Baselines.BuyAndHold.Positions(bars), costs),
            Sensitivity =
            [
                .. CostSensitivity.Factors.Select(
                    f => new CostSensitivity(f, (f == 1 ? track : Of("strategy", positions, costs.Times(f))).Metrics)),
            ],
        };
    }

    /// <summary>A rule on several symbols with one cash account, or with limit orders.</summary>
    public static BacktestStudy OfRule(
        ImmutableArray<BarSeries> markets, IStrategyRule rule, AccountOptions options, double? limitRatio, Seed seed) =>
        OfPolicy(rule.Parameters, markets, () => new RulePolicy(markets, rule, limitRatio), options, seed);

    /// <summary>Decisions made before, on several symbols with one cash account that gives each the same
    /// share.</summary>
    /// <param name="positions">By market, then bar from its first.</param>
    public static BacktestStudy OfTracks(
        string subject, ImmutableArray<BarSeries> markets, ImmutableArray<ImmutableArray<double>> positions,
        AccountOptions options, Seed seed) =>
        OfPolicy(subject, markets, () => new TrackPolicy(positions), options, seed);

    private static BacktestStudy OfPolicy(
        string subject, ImmutableArray<BarSeries> markets, Func<IAccountPolicy> policy, AccountOptions options,
        Seed seed)
    {
        var perYear = markets.Max(bars => bars.BarsPerYear);
        (BacktestTrack Track, AccountResult Account) Of(string name, IAccountPolicy policy, CostModel at)
        {
            var account = AccountSimulator.Run(markets, policy, options with { Costs = at });
            var result = Result(markets, account, at.Capital);
            return (
                new BacktestTrack(
                    name, account.TimesUtcMilliseconds, result, Performance.Measure(result, perYear, seed.For(name))),
                account);
        }

        var (track, own) = Of("strategy", policy(), options.Costs);
        return new BacktestStudy
        {
            Subject = subject,
            Markets = markets,
            Costs = options.Costs,
            Track = track,
            BuyAndHold = Of("buy_and_hold", new HoldPolicy(markets.Length), options.Costs).Track,
            Sensitivity =
            [
                .. CostSensitivity.Factors.Select(
                    f => new CostSensitivity(
                        f, (f == 1 ? track : Of("strategy", policy(), options.Costs.Times(f)).Track).Metrics)),
            ],
            Account = own,
        };
    }

    private static BacktestResult Result(ImmutableArray<BarSeries> markets, AccountResult account, double capital)
    {
        var equity = new double[account.Equity.Length + 1];
        equity[0] = 1;
        var turnover = 0.0;
        for (var i = 0; i < account.Equity.Length; i++)
        {
            equity[i + 1] = account.Equity[i] / capital;
        }

        foreach (var fill in account.Events)
        {
            turnover += Math.Abs(fill.Quantity) * fill.Price / capital;
        }

        return new BacktestResult(
            new IndexRange(0, account.Equity.Length),
            ImmutableCollectionsMarshal.AsImmutableArray(account.Returns(capital)),
            ImmutableCollectionsMarshal.AsImmutableArray(equity),
            account.Exposure,
            AccountTrades.Of(
                account, [.. markets.Select(bars => bars.Symbol)], [.. markets.Select(bars => bars.Close[^1])]),
            turnover);
    }

    private sealed class HoldPolicy(int markets) : IAccountPolicy
    {
        private readonly bool[] _bought = new bool[markets];

        public void Decide(AccountMoment moment, IList<AccountOrder> orders)
        {
            for (var market = 0; market < markets; market++)
            {
                if (moment.Closed[market] && !_bought[market])
                {
                    _bought[market] = true;
                    orders.Add(new AccountOrder(market, 1.0 / markets));
                }
            }
        }
    }
}
