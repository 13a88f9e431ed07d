using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.DeepScalper;
using TrainingCluster.Training.Environments.LimitOrders;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.LearningTests.DeepScalper;

/// <summary>What the hindsight bonus may know, asked of the whole learner with limit orders.</summary>
public sealed class LimitOrderHindsightSpecs
{
    private const int SessionBars = 30;
    private const int Sessions = 8;
    private const int WindowEnd = 170;
    private const int EpisodeBars = 12;
    private const int Horizon = 9;

    [Fact]
    public void Bars_after_the_training_window_change_no_byte_of_the_learner()
    {
        byte[] Learned(int changedFrom)
        {
            var bars = Bars(changedFrom);
            var learner = Create(bars, new IndexRange(0, WindowEnd), null);
            for (var round = 0; round < 120; round++)
            {
                learner.Iterate();
            }

            Assert.True(learner.Updates > 50);
            return learner.Save();
        }

        var through = Learned(Sessions * SessionBars);

        Assert.Equal(through, Learned(WindowEnd));
        // The last bar inside does change it: the test can see.
        Assert.NotEqual(through, Learned(WindowEnd - 1));
    }

    [Fact]
    public void The_bonus_is_asked_about_no_bar_beyond_episode_session_or_window()
    {
        var recorder = new Recorder();
        var learner = Create(Bars(int.MaxValue), new IndexRange(0, WindowEnd), recorder);
        var longest = 0;

        for (var round = 0; round < 200; round++)
        {
            learner.Iterate();
        }

        Assert.NotEmpty(recorder.Asked);
        foreach (var (tag, later) in recorder.Asked)
        {
            Assert.InRange(later, tag + 1, tag + Horizon);
            Assert.Equal(tag / SessionBars, later / SessionBars);
            Assert.True(later < WindowEnd, $"bar {later} for bar {tag}");
            longest = Math.Max(longest, later - tag);
        }

        Assert.Equal(Horizon, longest);
        // Some episodes are cut by their length, not by the session: their last step sees one bar.
        Assert.Contains(
            recorder.Asked, one => one.Later - one.Tag == 1 && one.Later % SessionBars < SessionBars - 1
                && one.Later < WindowEnd - 1);
    }

    private static OffPolicyLearner Create(BarSeries bars, IndexRange window, Recorder? recorder)
    {
        var options = new LimitOrderOptions { Lookback = 4, EpisodeBars = EpisodeBars, LevelRatio = 0.0005 };
        var dynamics = new LimitOrderDynamics(new LimitOrderColumns(
            bars, MinuteBarFeatures.Compute(bars), [], new CostModel(0.0005), options));
        var micro = options.Lookback * MinuteBarFeatures.Width;
        var layout = new DeepScalperLayout(
            new EntryRange(0, micro), new EntryRange(micro, LimitOrderDynamics.AccountEntries), micro);
        var market = new DeepScalperMarket(
            [.. bars.Close.ToArray()], [.. Enumerable.Range(0, bars.Count).Select(bar => bar / SessionBars)], window);
        var environment = new LimitOrderEnvironment(dynamics, window, 2, new Seed(5));
        var settings = OffPolicy.Learners.ScalperOptions with
        {
            Learning = OffPolicy.Learners.ScalperOptions.Learning with
            {
                TotalSteps = 2_000,
                StepsPerRound = 2,
                Replay = new ReplayOptions { Capacity = 150, Priorities = new PriorityOptions() },
            },
            HindsightBars = Horizon,
        };
        return recorder is null
            ? new DeepScalperLearner(settings, environment, market, layout, new Seed(6)).Learner
            : Training.Dqn.DqnLearner.Create(
                settings.Values(layout), environment, new Seed(6), new OffPolicyExtras { Shaping = recorder });
    }

    /// <param name="changedFrom">Bars from here on are others.</param>
    private static BarSeries Bars(int changedFrom)
    {
        var random = new Seed(4).Stream();
        const int count = Sessions * SessionBars;
        var (times, close, volume) = (new long[count], new double[count], new double[count]);
        var day = new DateTimeOffset(2020, 1, 6, 14, 30, 0, TimeSpan.Zero);
        var price = 100.0;
        for (var bar = 0; bar < count; bar++)
        {
            price *= Math.Exp(0.001 * random.NextGaussian());
            close[bar] = bar >= changedFrom ? price * 1.5 : price;
            volume[bar] = 1e6;
            times[bar] = day.AddDays(bar / SessionBars).AddMinutes(bar % SessionBars).ToUnixTimeMilliseconds();
        }

        double[] open = [.. close];
        double[] high = [.. close.Select(value => value * 1.001)];
        double[] low = [.. close.Select(value => value * 0.999)];
        return BarSeries.Create("MINUTES", times, open, high, low, close, volume);
    }

    private sealed class Recorder : IHindsightReward
    {
        public List<(int Tag, int Later)> Asked { get; } = [];

        public int Horizon => LimitOrderHindsightSpecs.Horizon;

        public float Bonus(int tag, int laterTag, ReadOnlySpan<float> after)
        {
            Asked.Add((tag, laterTag));
            return 0;
        }
    }
}
