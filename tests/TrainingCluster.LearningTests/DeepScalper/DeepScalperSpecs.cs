using TrainingCluster.Features.Windows;
using TrainingCluster.LearningTests.OffPolicy;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.DeepScalper;
using TrainingCluster.Training.Dqn;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.LearningTests.DeepScalper;

public sealed class DeepScalperSpecs
{
    [Fact]
    public void Without_bonus_and_auxiliary_task_it_is_bdq_bit_for_bit()
    {
        var scalper = Learners.DeepScalper(Episodes(), new Seed(3), 0, 0).Learner;
        var plain = DqnLearner.Create(
            Learners.ScalperOptions.Values(MinuteEpisodes.Layout), Episodes(), new Seed(3));

        Learners.Run(scalper, 40);
        Learners.Run(plain, 40);

        Assert.True(plain.Updates > 50);
        Assert.Equal(plain.Save(), scalper.Save());
    }

    [Fact]
    public void Bonus_and_auxiliary_task_each_change_what_is_learned()
    {
        float[] Learned(double bonus, double auxiliary)
        {
            var learner = Learners.DeepScalper(Episodes(), new Seed(3), bonus, auxiliary).Learner;
            Learners.Run(learner, 20);
            return learner.Current().Parameters;
        }

        var plain = Learned(0, 0);

        Assert.NotEqual(plain, Learned(0.5, 0));
        Assert.NotEqual(plain, Learned(0, 0.1));
    }

    [Fact]
    public void The_bonus_reads_no_bar_beyond_the_horizon_the_session_or_the_window()
    {
        const int bars = 40;
        var random = new Seed(9).Stream();
        int[] sessions = [.. Enumerable.Range(0, bars).Select(bar => bar / 15)];
        for (var tag = 0; tag < bars; tag++)
        {
            var window = new IndexRange(0, 33);
            foreach (var horizon in new[] { 1, 4, 20 })
            {
                var last = Math.Min(tag + horizon, tag / 15 * 15 + 14);
                last = tag < 33 ? Math.Min(last, 32) : last;
                last = Math.Min(last, bars - 1);
                double[] closes = [.. Enumerable.Range(0, bars).Select(_ => 100 + random.NextDouble())];
                double[] hidden = [.. closes.Select((close, bar) => bar < tag || bar > last ? double.NaN : close)];

                var seen = new HindsightBonus(0.5, horizon, new([.. closes], sessions, window), 0);
                var blind = new HindsightBonus(0.5, horizon, new([.. hidden], sessions, window), 0);

                var bonus = seen.Bonus(tag, Math.Min(bars - 1, tag + horizon), [0.7f]);
                Assert.Equal(bonus, blind.Bonus(tag, Math.Min(bars - 1, tag + horizon), [0.7f]));
                Assert.Equal(50 * (closes[last] / closes[tag] - 1) * 0.7f, bonus, 1e-5);
            }
        }
    }

    [Fact]
    public void The_replay_looks_ahead_no_further_than_the_episode_has_reached()
    {
        var environment = Episodes();
        var recorder = new Recorder();
        var learner = DqnLearner.Create(
            Learners.ScalperOptions.Values(MinuteEpisodes.Layout), environment, new Seed(3),
            new OffPolicyExtras { Shaping = recorder });

        Learners.Run(learner, 60);

        Assert.NotEmpty(recorder.Asked);
        Assert.All(recorder.Asked, asked => Assert.InRange(asked.Later - asked.Tag, 1, Recorder.Bars));
        // Episodes of 10 to 39 bars: some are cut, most are not.
        Assert.Contains(recorder.Asked, asked => asked.Later - asked.Tag < Recorder.Bars);
        Assert.Contains(recorder.Asked, asked => asked.Later - asked.Tag == Recorder.Bars);
    }

    [Fact]
    public void What_is_kept_and_judged_are_the_real_rewards()
    {
        var environment = Episodes();
        var scores = new List<double>();
        var plan = new EvaluationPlan(40, policy =>
        {
            var returns = EpisodeEvaluation.Returns(policy, new MinuteEpisodes(4, new Seed(77)));
            scores.Add(returns.Average());
            return scores[^1];
        });
        var extras = new OffPolicyExtras { Evaluation = plan };
        var learner = Learners.DeepScalper(environment, new Seed(3), 0.5, 0.1, extras).Learner;

        Learners.Run(learner, 30);

        Assert.Equal(scores.Max(), learner.Best!.Score);
        var again = EpisodeEvaluation.Returns(
            learner.Policy(learner.Best), new MinuteEpisodes(4, new Seed(77)));
        Assert.Equal(learner.Best.Score, again.Average());
    }

    [Fact]
    public void Volatility_targets_look_at_the_next_bars_of_the_session_and_the_window_alone()
    {
        var market = new MinuteEpisodes(1, new Seed(1)).Market;
        var task = new VolatilityTask(0.1, 4, market);

        for (var bar = 0; bar < MinuteEpisodes.Bars; bar++)
        {
            var inside = bar % MinuteEpisodes.SessionBars + 4 < MinuteEpisodes.SessionBars;
            Assert.Equal(inside, !float.IsNaN(task.TargetByBar[bar]));
        }

        var known = task.TargetByBar.ToArray().Where(value => !float.IsNaN(value)).ToArray();
        Assert.Equal(0, known.Average(), 1e-4);
        Assert.Equal(1, known.Average(value => (double)value * value), 1e-3);
    }

    [Fact]
    public void Rows_count_by_their_importance_in_the_volatility_loss()
    {
        var task = new VolatilityTask(0.5, 4, new MinuteEpisodes(1, new Seed(1)).Market);
        var batch = new ReplayBatch(3, 5, 2);
        // The last bar of a session has no next bars.
        int[] tags = [7, 8, MinuteEpisodes.SessionBars - 1];
        tags.CopyTo(batch.Tags, 0);
        float[] weights = [1, 0.25f, 1];
        weights.CopyTo(batch.Weights, 0);
        float[] outputs = [task.TargetByBar[7] + 2, task.TargetByBar[8] - 4, 9];
        var slopes = new float[3];

        var loss = task.Slopes(batch, outputs, slopes);

        Assert.Equal((1 * 4 + 0.25 * 16) / 2, loss, 1e-5);
        Assert.Equal([0.5f * 2 * 2 / 2, 0.5f * 2 * 0.25f * -4 / 2, 0], slopes.Select(one => MathF.Round(one, 5)));
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused_all_at_once()
    {
        var broken = new DeepScalperOptions { HindsightWeight = -1, VolatilityBars = 1, TargetShare = 0 };

        var refused = Assert.Throws<ArgumentException>(broken.Validated);

        Assert.Equal(
            [
                "these DeepScalper settings cannot be used:",
                "  hindsight_weight is -1; it must be at least 0",
                "  volatility_bars is 1; it must be at least 2",
                "  target_share is 0; it must lie in (0, 1]; at 0 the target network would stay at its random "
                    + "start for ever",
            ],
            refused.Message.Split('\n'));
    }

    private static MinuteEpisodes Episodes() => new(2, new Seed(7));

    private sealed class Recorder : IHindsightReward
    {
        public const int Bars = 8;

        public List<(int Tag, int Later)> Asked { get; } = [];

        public int Horizon => Bars;

        public float Bonus(int tag, int laterTag, ReadOnlySpan<float> after)
        {
            Asked.Add((tag, laterTag));
            return 0;
        }
    }
}
