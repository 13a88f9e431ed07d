using System.Collections.Immutable;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.LearningTests.Environments;

/// <summary>Actions of every kind mean in training what they mean in the evaluation.</summary>
public sealed class MarketViewSpecs
{
    private const int Decisions = 150;

    [Theory]
    [InlineData("choice")]
    [InlineData("number")]
    [InlineData("branches")]
    public void What_an_action_pays_in_training_is_what_the_backtest_of_its_track_earns(string kind)
    {
        var bars = TestMarkets.Bars(200, 3);
        var dynamics = new MarketDynamics(TestMarkets.Columns(bars));
        var options = new MarketEpisodeOptions { MinimumBars = Decisions, MaximumBars = Decisions };
        var market = new MarketEnvironment(dynamics, new IndexRange(0, 200), 1, options, new Seed(4));
        var (environment, meaning) = kind switch
        {
            "choice" => ((IEpisodeVector)market, ActionMeaning.Choice),
            "number" => (new ContinuousMarket(market), ActionMeaning.Number),
            _ => (new BranchingMarket(market), ActionMeaning.Branches),
        };
        var port = new ActionPort(environment);
        var policy = new Whim(port);
        var step = new VectorStep(1, environment.ObservationSize);
        environment.Reset(step.Observations);
        var tag = new int[1];
        environment.Tags(tag);
        var window = new IndexRange(tag[0], tag[0] + Decisions);
        var (action, rewards) = (new float[port.Size], new List<float>());
        while (rewards.Count < Decisions)
        {
            policy.Act(step.Observations, action);
            port.Step(action, step);
            rewards.Add(step.Rewards[0]);
        }

        var positions = PolicyTrack.Positions(new GreedyAction(policy, meaning), dynamics, window);

        var backtest = Backtest.Run(bars, positions, window, dynamics.Columns.Costs);
        Assert.Equal(backtest.Returns.Select(r => (float)(100 * Math.Log(1 + r))), rewards);
        Assert.True(positions.Distinct().Count() > 4, "the track is hardly a test");
    }

    [Fact]
    public void A_branching_action_keeps_what_is_held_or_goes_to_tenths_of_the_strategys_side()
    {
        var dynamics = new MarketDynamics(TestMarkets.Columns(TestMarkets.Bars(60, 1)));
        var side = dynamics.Columns.Direction[20];

        Assert.Equal([2, 11], MarketDynamics.Branches.AsEnumerable());
        Assert.Equal(0.3, dynamics.Target(20, 0.3, 0, 10));
        Assert.Equal(0, dynamics.Target(20, 0.3, 1, 0));
        Assert.Equal(0.7 * side, dynamics.Target(20, 0.3, 1, 7), 1e-12);
        Assert.Equal(side, dynamics.Target(20, 0.3, 1, 10));
    }

    [Fact]
    public void A_choice_outside_a_branch_is_refused()
    {
        var dynamics = new MarketDynamics(TestMarkets.Columns(TestMarkets.Bars(60, 1)));
        var environment = new BranchingMarket(
            new MarketEnvironment(dynamics, new IndexRange(0, 60), 1, new MarketEpisodeOptions(), new Seed(1)));
        var step = new VectorStep(1, environment.ObservationSize);
        environment.Reset(step.Observations);

        Assert.Throws<ArgumentOutOfRangeException>(() => environment.Step([0, 11], step));
        Assert.Throws<ArgumentOutOfRangeException>(() => environment.Step([2, 0], step));
    }

    /// <summary>Acts by the observation, in a way that visits many actions.</summary>
    private sealed class Whim(ActionPort port) : IGreedyPolicy
    {
        public void Act(ReadOnlySpan<float> observation, Span<float> action)
        {
            var mood = Math.Abs(observation[1] * 7.3 + observation[3] * 1.7);
            for (var entry = 0; entry < action.Length; entry++)
            {
                action[entry] = port.Branches.IsEmpty
                    ? (float)Math.Sin(5 * mood)
                    : (float)((int)(mood * (11 + entry)) % port.Branches[entry]);
            }
        }
    }
}
