using System.Collections.Immutable;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Trading.Strategies.Catalogue;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.LearningTests.Jobs;

public sealed class StrategyDefinitionsSpecs
{
    private const string Dip = """
        // bought weakness
        { "name": "dip", "long": { "enter": "rsi(14) < 40", "exit": "rsi(14) > 60" } }
        """;

    [Theory]
    [InlineData("donchian_breakout", "donchian_breakout")]
    [InlineData("donchian_breakout(entry=20)", "donchian_breakout")]
    [InlineData("donchian_breakout(exit=15, entry=30)", "donchian_breakout-entry30-exit15")]
    [InlineData("bollinger_reversion(width=2.5)", "bollinger_reversion-width2_5")]
    public void A_rule_is_called_by_what_differs_from_the_defaults(string text, string name)
    {
        Assert.Equal(name, StrategyDefinitions.NameOf(StrategySpec.Parse(text)));
    }

    [Fact]
    public void A_name_that_is_too_long_for_a_model_ends_in_a_digest()
    {
        var name = StrategyDefinitions.NameOf(StrategySpec.Parse(
            "average_cross(fast=11, slow=41, band=0.25, atr=15, half=1.5, horizon=12, profit=2.5, stop=1.25)"));

        Assert.Matches("^average_cross-[0-9a-f]{12}$", name);
    }

    [Fact]
    public void Definitions_mean_the_same_wherever_they_are_read_and_come_before_the_catalog()
    {
        var definitions = new StrategyDefinitions(ImmutableSortedDictionary<string, string>.Empty
            .Add("dip", Dip).Add("donchian_breakout-entry30", "donchian_breakout(entry=30)"));

        Assert.Equal("dip", definitions.Rule("dip").Name);
        Assert.Contains("entry=30", definitions.Rule("donchian_breakout-entry30").Parameters);
        Assert.Equal(
            StrategyCatalog.Get("macd_momentum").Parameters, definitions.Rule("macd_momentum").Parameters);
        Assert.Throws<UnknownStrategyException>(() => definitions.Rule("moon_phase"));
        Assert.NotEqual(
            definitions.Canonical(["donchian_breakout-entry30"]),
            StrategyDefinitions.None.Canonical(["donchian_breakout"]));
    }

    [Fact]
    public void More_text_than_a_message_carries_is_refused()
    {
        var bars = EncoderRuns.Market();
        var long1 = "{ \"name\": \"dip\" } // " + new string('x', StrategyDefinitions.MostCharacters);

        var refused = Assert.Throws<RunSpecException>(() => RunPlan.Jobs(new RunSpec
        {
            DataName = "market",
            Data = bars.Digest,
            Strategies = ["macd_momentum"],
            Definitions = new StrategyDefinitions(
                ImmutableSortedDictionary<string, string>.Empty.Add("dip", long1)),
            Stages = [Stage.CnnLstm],
            Agents = [],
            Budget = BudgetName.Quick,
            Seed = 1,
        }));

        Assert.Contains("characters", refused.Message);
    }
}
