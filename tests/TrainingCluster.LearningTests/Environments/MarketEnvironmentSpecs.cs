using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Policy;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.LearningTests.Environments;

public sealed class MarketEnvironmentSpecs
{
    [Theory]
    [InlineData(FillRule.NextOpen)]
    [InlineData(FillRule.NextClose)]
    public void Rewards_equal_the_backtest_of_the_same_positions_bit_for_bit(FillRule fill)
    {
        var bars = TestMarkets.Bars(400, 3);
        var costs = new CostModel();
        var columns = new MarketColumns(bars, new float[400], TestMarkets.Direction(400), costs, fill);
        var dynamics = new MarketDynamics(columns);
        var window = new IndexRange(10, 400);
        var (positions, rewards) = (new double[400], new List<double>());
        var position = MarketPosition.Flat;
        var random = new Seed(9).Stream();

        for (var bar = window.Start; bar <= MarketSimulator.LastDecisionBar(bars, fill); bar++)
        {
            var action = (MarketAction)random.NextInt32(MarketDynamics.ActionCount);
            positions[bar] = dynamics.Target(bar, position.Held, action);
            rewards.Add(dynamics.Step(bar, action, ref position));
            Assert.Equal(positions[bar], position.Held);
        }

        var backtest = Backtest.Run(bars, positions, window, costs, fill);
        Assert.Equal(backtest.Returns.Select(r => 100 * Math.Log(1 + r)), rewards);
        Assert.Equal(backtest.Equity[^1], position.Equity);
    }

    [Theory]
    [InlineData(TargetFrame.Absolute)]
    [InlineData(TargetFrame.Strategy)]
    public void Numbers_as_positions_earn_what_the_backtest_of_those_positions_earns(TargetFrame frame)
    {
        var bars = TestMarkets.Bars(200, 3);
        var dynamics = new MarketDynamics(TestMarkets.Columns(bars));
        var options = new MarketEpisodeOptions { MinimumBars = 150, MaximumBars = 150, Frame = frame };
        var environment = new MarketEnvironment(dynamics, new IndexRange(0, 200), 1, options, new Seed(4));
        var step = new VectorStep(1, environment.ObservationSize);
        environment.Reset(step.Observations);
        Span<int> tag = stackalloc int[1];
        environment.Tags(tag);
        var (start, positions, rewards) = (tag[0], new double[200], new List<float>());
        float[] numbers = [-2, -0.5f, 0.25f, 1];
        for (var bar = start; bar < start + 150; bar++)
        {
            var number = Math.Clamp(numbers[bar % 4], -1, 1);
            positions[bar] = frame == TargetFrame.Absolute ? number
                : (1 + number) / 2 * TestMarkets.Direction(200)[bar];
            environment.Step([numbers[bar % 4]], step);
            rewards.Add(step.Rewards[0]);
        }

        var backtest = Backtest.Run(
            bars, positions, new IndexRange(start, start + 150), dynamics.Columns.Costs);
        Assert.Equal(EpisodeEnd.Truncated, step.Ends[0]);
        Assert.Equal(backtest.Returns.Select(r => (float)(100 * Math.Log(1 + r))), rewards);
    }

    [Fact]
    public void A_policys_track_earns_in_the_backtest_what_the_environment_paid()
    {
        var bars = TestMarkets.Bars(300, 5);
        var dynamics = new MarketDynamics(TestMarkets.Columns(bars));
        var shape = new PpoNetworkOptions(dynamics.ObservationSize, 4);
        var network = PpoNetwork.Create(shape, new Seed(2).Stream());
        var window = new IndexRange(50, 300);

        var positions = PolicyTrack.Positions(
            new LikeliestAction(new PpoPolicy(network, null)), dynamics, window);

        var backtest = Backtest.Run(bars, positions, window, dynamics.Columns.Costs);
        var position = MarketPosition.Flat;
        foreach (var (bar, earned) in Enumerable.Range(50, backtest.Returns.Length).Zip(backtest.Returns))
        {
            var action = Enum.GetValues<MarketAction>()
                .First(a => dynamics.Target(bar, position.Held, a) == positions[bar]);
            Assert.Equal(100 * Math.Log(1 + earned), dynamics.Step(bar, action, ref position));
        }
    }

    [Fact]
    public void Corrupting_the_future_changes_no_observation_and_no_decision()
    {
        const int now = 200;
        var bars = TestMarkets.Bars(300, 7);
        var corrupted = Corrupted(bars, now);
        var network = PpoNetwork.Create(new PpoNetworkOptions(6, 4), new Seed(4).Stream());
        var window = new IndexRange(20, 300);

        var before = PolicyTrack.Positions(
            new LikeliestAction(new PpoPolicy(network, null)), new MarketDynamics(TestMarkets.Columns(bars)), window);
        var after = PolicyTrack.Positions(
            new LikeliestAction(new PpoPolicy(network, null)), new MarketDynamics(TestMarkets.Columns(corrupted)),
            window);

        Assert.Equal(before[..(now + 1)], after[..(now + 1)]);
        Assert.Contains(before[..(now + 1)], position => position != 0);
    }

    [Fact]
    public void An_observation_shows_the_position_in_the_strategys_frame_and_its_open_profit_at_the_close()
    {
        var bars = TestMarkets.Bars(60, 1);
        var dynamics = new MarketDynamics(TestMarkets.Columns(bars));
        var position = MarketPosition.Flat;
        dynamics.Step(8, MarketAction.Full, ref position);
        var observation = new float[dynamics.ObservationSize];

        dynamics.Observe(9, position, observation);

        Assert.Equal(-1.0, position.Held);
        Assert.Equal(1f, observation[2]);
        Assert.Equal(-1f, observation[3]);
        Assert.Equal(-100 * (bars.Close[9] / bars.Open[9] - 1), observation[4], 1e-4);
        Assert.Equal(MathF.Log(2), observation[5]);
    }

    [Fact]
    public void Episodes_begin_flat_inside_the_window_and_are_truncated_after_their_length()
    {
        var bars = TestMarkets.Bars(700, 2);
        var window = new IndexRange(100, 600);
        var environment = new MarketEnvironment(
            new MarketDynamics(TestMarkets.Columns(bars)), window, 3, new MarketEpisodeOptions(),
            new Seed(1));
        var step = new VectorStep(3, environment.ObservationSize);
        var (tags, lengths, seen) = (new int[3], new int[3], new List<int>());
        environment.Reset(step.Observations);

        for (var i = 0; i < 2000; i++)
        {
            environment.Tags(tags);
            Assert.All(tags, bar => Assert.True(window.Contains(bar)));
            environment.Step([1, 1, 3], step);
            for (var episode = 0; episode < 3; episode++)
            {
                lengths[episode]++;
                Assert.NotEqual(EpisodeEnd.Terminated, step.Ends[episode]);
                if (step.Ends[episode] == EpisodeEnd.Truncated)
                {
                    seen.Add(lengths[episode]);
                    lengths[episode] = 0;
                    Assert.Equal(0f, step.Observations[episode * 6 + 3]);
                }
            }
        }

        Assert.All(seen, length => Assert.InRange(length, 120, 250));
        Assert.True(seen.Distinct().Count() > 10);
    }

    [Fact]
    public void Ruin_terminates_an_episode()
    {
        var bars = TestMarkets.Bars(400, 2);
        var environment = new MarketEnvironment(
            new MarketDynamics(TestMarkets.Columns(bars, fee: 0.2)), new IndexRange(10, 390), 1,
            new MarketEpisodeOptions(), new Seed(1));
        var step = new VectorStep(1, environment.ObservationSize);
        environment.Reset(step.Observations);

        environment.Step([3], step);
        environment.Step([1], step);
        var early = step.Ends[0];
        environment.Step([3], step);
        environment.Step([1], step);

        Assert.Equal(EpisodeEnd.None, early);
        Assert.Equal(EpisodeEnd.Terminated, step.Ends[0]);
    }

    [Fact]
    public void A_step_of_many_episodes_allocates_nothing()
    {
        var bars = TestMarkets.Bars(700, 2);
        var environment = new MarketEnvironment(
            new MarketDynamics(TestMarkets.Columns(bars)), new IndexRange(100, 600), 16,
            new MarketEpisodeOptions(), new Seed(1));
        var step = new VectorStep(16, environment.ObservationSize);
        var actions = new int[16];
        environment.Reset(step.Observations);
        environment.Step(actions, step);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 500; i++)
        {
            actions[i % 16] = i % 4;
            environment.Step(actions, step);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static BarSeries Corrupted(BarSeries bars, int lastTrue)
    {
        double[] Wrong(ReadOnlySpan<double> values)
        {
            var copy = values.ToArray();
            for (var t = lastTrue + 1; t < copy.Length; t++)
            {
                copy[t] *= 3;
            }

            return copy;
        }

        return BarSeries.Create(
            bars.Symbol, bars.Times.ToArray(), Wrong(bars.Open), Wrong(bars.High), Wrong(bars.Low),
            Wrong(bars.Close), bars.Volume.ToArray());
    }
}
