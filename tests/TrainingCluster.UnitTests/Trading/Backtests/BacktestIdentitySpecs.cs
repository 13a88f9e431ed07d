using TrainingCluster.Trading.Accounts;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies.Catalogue;

namespace TrainingCluster.UnitTests.Trading.Backtests;

public sealed class BacktestIdentitySpecs
{
    [Fact]
    public void The_same_settings_are_one_trial_however_they_are_written()
    {
        var account = new AccountOptions();

        Assert.Equal(
            BacktestIdentity.SpecOf(StrategySpec.Parse("donchian_breakout"), account, null),
            BacktestIdentity.SpecOf(StrategySpec.Parse("donchian_breakout(exit=10, entry=20)"), new(), null));
    }

    [Fact]
    public void Every_setting_that_can_change_a_return_makes_another_trial()
    {
        var rule = StrategySpec.Parse("donchian_breakout");
        var account = new AccountOptions();
        var specs = new[]
        {
            BacktestIdentity.SpecOf(rule, account, null),
            BacktestIdentity.SpecOf(StrategySpec.Parse("donchian_breakout(entry=21)"), account, null),
            BacktestIdentity.SpecOf(StrategySpec.Parse("average_cross"), account, null),
            BacktestIdentity.SpecOf(rule, account, .002),
            BacktestIdentity.SpecOf(rule, account with { Costs = new CostModel(.001) }, null),
            BacktestIdentity.SpecOf(rule, account with { Costs = new CostModel { SpreadRatio = .001 } }, null),
            BacktestIdentity.SpecOf(rule, account with { AllowShort = false }, null),
            BacktestIdentity.SpecOf(rule, account with { MaxParticipation = .1 }, null),
            BacktestIdentity.SpecOf(rule, account with { MaxSymbolShare = .5 }, null),
            BacktestIdentity.SpecOf(rule, account with { MaxGrossShare = .5 }, null),
        };

        Assert.Equal(specs.Length, specs.Distinct().Count());
    }

    [Fact]
    public void Data_of_several_symbols_are_one_lineage_in_any_order()
    {
        var (one, two) = (HandBars.Synthetic(50, 1), HandBars.Synthetic(50, 2));

        Assert.Equal(one.Digest, BacktestIdentity.DataOf([one]));
        Assert.Equal(BacktestIdentity.DataOf([one, two]), BacktestIdentity.DataOf([two, one]));
        Assert.NotEqual(BacktestIdentity.DataOf([one]), BacktestIdentity.DataOf([one, two]));
    }
}
