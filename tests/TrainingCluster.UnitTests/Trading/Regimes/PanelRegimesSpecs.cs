using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.UnitTests.Trading.Regimes;

public sealed class PanelRegimesSpecs
{
    private static readonly BarSeries A = Bars.Daily(90).Noisy(0.02, 1).Named("A").Build();
    private static readonly BarSeries B = Bars.Daily(90).WithoutStamps(20, 10).Noisy(0.02, 2).Named("B").Build();
    private static readonly BarPanel Panel = BarPanel.Of([A, B]);

    [Fact]
    public void What_regimes_earn_at_a_moment_adds_up_to_what_the_account_earned()
    {
        var (result, regimes) = (Result(), Regimes());

        var rows = PanelRegimes.Of(result, Panel, regimes);

        Assert.Equal(Enum.GetValues<MarketRegime>(), rows.Select(row => row.Regime));
        Assert.Equal(result.Symbols.Sum(own => own.Returns.Length), rows.Sum(row => row.Bars));
        Assert.Equal(1, rows.Sum(row => row.Share), 1e-12);
        Assert.Equal(result.Account.Trades.Length, rows.Sum(row => row.Trades));
        var ranging = new double[result.Times.Length];
        foreach (var (bars, k) in new[] { (A, 0), (B, 1) })
        {
            var own = result.Symbols[k];
            for (var i = 0; i < own.Returns.Length; i++)
            {
                var bar = own.Window.Start + i;
                ranging[result.Times.IndexOf(bars.Times[bar])] +=
                    regimes[k][bar] == MarketRegime.Ranging ? own.Returns[i] / 2 : 0;
            }
        }

        Assert.Equal(
            ranging.Aggregate(1.0, (growth, earned) => growth * (1 + earned)) - 1,
            rows[(int)MarketRegime.Ranging].TotalReturnRatio, 1e-12);
    }

    [Fact]
    public void All_symbols_in_one_regime_are_the_account()
    {
        var result = Result();
        ImmutableArray<ImmutableArray<MarketRegime>> volatility =
            [.. Panel.Symbols.Select(bars => Enumerable.Repeat(MarketRegime.Volatile, bars.Count).ToImmutableArray())];

        var rows = PanelRegimes.Of(result, Panel, volatility);

        var only = rows[(int)MarketRegime.Volatile];
        Assert.Equal(result.Account.Equity[^1] - 1, only.TotalReturnRatio, 1e-12);
        Assert.Equal(0, rows.Where(row => row.Regime != MarketRegime.Volatile).Sum(row => row.Bars));
    }

    [Fact]
    public void One_symbol_is_split_as_by_itself()
    {
        var result = PanelBacktest.Run(A, Positions(A.Count), [new IndexRange(10, 90)], new CostModel());

        var alone = RegimeResult.Of(result.Account, Regimes()[0]);

        Assert.Equal(alone.AsEnumerable(), PanelRegimes.Of(result, A, [Regimes()[0]]));
    }

    private static PanelResult Result() => PanelBacktest.Run(
        Panel, Positions(Panel.Count), [new IndexRange(10, 90), new IndexRange(5, B.Count)], new CostModel());

    private static double[] Positions(int count) => [.. Enumerable.Range(0, count).Select(row => row / 4 % 3 - 1.0)];

    private static ImmutableArray<ImmutableArray<MarketRegime>> Regimes() =>
    [
        .. Panel.Symbols.Select((bars, k) => Enumerable.Range(0, bars.Count)
            .Select(t => (MarketRegime)((t / (7 + k) + k) % 4)).ToImmutableArray()),
    ];
}
