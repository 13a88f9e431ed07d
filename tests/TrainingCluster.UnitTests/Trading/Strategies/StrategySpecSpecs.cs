using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Strategies.Catalogue;
using TrainingCluster.Trading.Strategies.Declared;

namespace TrainingCluster.UnitTests.Trading.Strategies;

public sealed class StrategySpecSpecs
{
    [Fact]
    public void A_rules_parameters_are_a_spec_of_the_same_rule()
    {
        foreach (var name in StrategyCatalog.Names)
        {
            var rule = StrategyCatalog.Get(name);

            Assert.Equal(rule.Parameters, StrategySpec.Parse(rule.Parameters).Parameters);
            Assert.Equal(rule.Parameters, StrategySpec.Parse(name).Parameters);
        }
    }

    [Fact]
    public void Every_setting_changes_the_rule()
    {
        foreach (var entry in StrategyCatalog.Entries)
        {
            foreach (var parameter in entry.Parameters)
            {
                var other = parameter.Default + (parameter.IsWhole ? 1 : 0.125);
                var changed = StrategySpec.Parse(
                    FormattableString.Invariant($"{entry.Name}({parameter.Name}={other})"));

                Assert.NotEqual(entry.MakeDefault().Parameters, changed.Parameters);
            }
        }
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var error = Assert.Throws<StrategyDefinitionException>(
            () => StrategySpec.Parse("donchian_breakout(entry=0, exit=2.5, exit=4, width=1, stop)"));

        Assert.Equal(
            ["entry", "exit", "exit", "width", "stop"], error.Violations.Select(violation => violation.Path));
        Assert.Contains("donchian_breakout, entry, value '0': must be a whole number from 1", error.Message);
        Assert.Contains("width: is no setting; there are entry, exit, horizon, profit, stop", error.Message);
    }

    [Theory]
    [InlineData("donchian_breakout(entry=5, exit=9)", "leaves by 9 bars and enters by 5")]
    [InlineData("average_cross(fast=50, slow=10)", "crosses 50 and 10 bars")]
    [InlineData("macd_momentum(fast=30)", "macd")]
    [InlineData("donchian_breakout(entry", "must be written name or name(setting=value, …)")]
    public void Settings_that_do_not_go_together_are_refused(string text, string reason)
    {
        var error = Assert.Throws<StrategyDefinitionException>(() => StrategySpec.Parse(text));

        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void An_unknown_strategy_is_answered_with_those_there_are() =>
        Assert.Throws<UnknownStrategyException>(() => StrategySpec.Parse("astrology(sign=3)"));
}
