using System.Collections.Immutable;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Policy;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;

namespace TrainingCluster.LearningTests.Environments;

/// <summary>What shaping adds to the rewards of training, and that nothing else sees it.</summary>
public sealed class RewardShapingSpecs
{
    private const int Count = 500;
    private const double Gamma = 0.9;
    private static readonly BarSeries Bars = TestMarkets.Bars(Count, 11);
    private static readonly IndexRange Window = new(40, 460);
    private static readonly RewardShaping Half = new(0.5, Gamma);

    [Fact]
    public void Each_reward_of_training_gains_the_discounted_potential_after_it_less_the_one_before()
    {
        var (plain, shaped) = (Played(null, Trend()), Played(Half, Trend()));

        var unit = Enumerable.Range(Window.Start, Window.Count)
            .Average(bar => Math.Abs(100 * Math.Log(Bars.Open[bar + 2] / Bars.Open[bar + 1])));
        double Potential(double held, int bar) => 0.5 * unit * held * Trend()[bar];
        for (var i = 0; i < plain.Count; i++)
        {
            var added = Gamma * Potential(plain[i].After, plain[i].Bar + 1) - Potential(plain[i].Before, plain[i].Bar);
            Assert.Equal(plain[i].Reward + added, shaped[i].Reward, 1e-5);
        }

        Assert.Contains(plain.Zip(shaped), pair => Math.Abs(pair.First.Reward - pair.Second.Reward) > 0.05);
    }

    [Fact]
    public void Over_an_episode_shaping_adds_only_the_potential_of_its_last_state_whatever_was_decided()
    {
        // Σ γᵏ·F telescopes to γⁿ·Φ(last) − Φ(flat): the same for all ways that end alike, so none gains on another.
        var potentials = Potentials();
        foreach (var seed in new ulong[] { 1, 2, 3 })
        {
            var (plain, shaped) = (Played(null, Trend(), seed), Played(Half, Trend(), seed));
            var (sum, discount) = (0.0, 1.0);
            foreach (var (one, two) in plain.Zip(shaped))
            {
                sum += discount * (two.Reward - one.Reward);
                discount *= Gamma;
            }

            Assert.Equal(discount * plain[^1].After * potentials[plain[^1].Bar + 1], sum, 1e-4);
        }
    }

    [Fact]
    public void What_ruin_ends_has_no_potential_after_it()
    {
        var ruinous = new MarketEpisodeOptions { Shaping = Half, RuinEquityRatio = 0.999 };
        var dynamics = Dynamics(Trend(), fee: 0.2);
        var environment = new MarketEnvironment(dynamics, Window, 1, ruinous, new Seed(3));
        var step = new VectorStep(1, environment.ObservationSize);
        environment.Reset(step.Observations);
        var bar = Bar(environment);
        var position = MarketPosition.Flat;
        var plain = dynamics.Step(bar, MarketAction.Full, ref position);

        environment.Step([(int)MarketAction.Full], step);

        Assert.Equal(EpisodeEnd.Terminated, step.Ends[0]);
        Assert.Equal((float)plain, step.Rewards[0]);
    }

    [Fact]
    public void What_is_added_at_a_decision_does_not_change_with_later_bars()
    {
        const int now = 250;
        var later = Trend();
        for (var row = now + 2; row < Count; row++)
        {
            later[row] = -7 * later[row] + 3;
        }

        var (before, after) = (Played(Half, Trend()), Played(Half, later));

        Assert.All(
            before.Zip(after).Where(pair => pair.First.Bar <= now),
            pair => Assert.Equal(pair.First.Reward, pair.Second.Reward));
        Assert.Contains(before, one => one.Bar <= now);
        Assert.Contains(before.Zip(after), pair => pair.First.Reward != pair.Second.Reward);
    }

    [Fact]
    public void The_snapshot_is_chosen_and_judged_by_what_its_positions_earn()
    {
        var validation = new IndexRange(470, 499);
        var options = new PpoTrainerOptions(
            new PpoOptions { TotalSteps = 1024, Episodes = 4, RolloutSteps = 64, MiniBatch = 64, Gamma = Gamma },
            new MarketEpisodeOptions { Shaping = new RewardShaping(5, Gamma) }, 1);
        var trainer = new PpoTrainer(options, Dynamics(Trend()), Window, validation, new Seed(8));
        while (!trainer.Finished)
        {
            trainer.Iterate();
        }

        var unshaped = PolicyScore.Of(new LikeliestAction(trainer.Best!.ToPolicy()), Dynamics(null), [validation]);

        Assert.Equal(unshaped, trainer.Best.Score);
        Assert.Equal(trainer.Curve.Max(point => point.ValidationSharpe), unshaped);
    }

    [Fact]
    public void A_weight_is_part_of_a_jobs_identity_and_none_leaves_it_as_it_was()
    {
        var spec = new RunSpec
        {
            DataName = "x",
            Data = MarketData.Content.Digest.Of("x"),
            Strategies = ["macd_momentum"],
            Stages = [.. Stages.All],
            Agents = ["ppo"],
            Budget = BudgetName.Quick,
            Seed = 1,
        };
        string Agent(double weight) => RunPlan
            .Jobs(spec with { Overrides = RewardShaping.Overrides(weight, spec.Stages, spec.Agents) })
            .Single(job => job.Stage == Stage.Agent).SpecDigest([]).Hex;

        Assert.Equal(RunPlan.Jobs(spec).Single(job => job.Stage == Stage.Agent).SpecDigest([]).Hex, Agent(0));
        Assert.Equal(3, new[] { Agent(0), Agent(0.5), Agent(1) }.Distinct().Count());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_out_of_range_is_named_before_anything_starts(double weight)
    {
        var refused = Assert.Throws<RunSpecException>(() => RunPlan.Jobs(Run(weight, [])));

        Assert.Contains(refused.Violations, line => line.StartsWith("ppo.shaping_weight is", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pipeline_without_the_columns_is_named_before_anything_starts()
    {
        var refused = Assert.Throws<RunSpecException>(() => RunPlan.Jobs(
            Run(1, [new("ppo", 1, 60, ["features", "scale"])])));

        Assert.Contains("no step 'reward_features'", refused.Message);
    }

    private static RunSpec Run(double weight, ImmutableArray<PipelineTemplate> templates) => new()
    {
        DataName = "x",
        Data = MarketData.Content.Digest.Of("x"),
        Strategies = ["macd_momentum"],
        Stages = [Stage.CnnLstm, Stage.Agent],
        Agents = ["ppo"],
        Budget = BudgetName.Quick,
        Seed = 1,
        Preprocessing = templates,
        Overrides = RewardShaping.Overrides(weight, [Stage.Agent], ["ppo"]),
    };

    private static float[] Trend() => [.. Enumerable.Range(0, Count).Select(t => MathF.Sin(t * 0.7f))];

    private static double[] Potentials()
    {
        var unit = Enumerable.Range(Window.Start, Window.Count)
            .Average(bar => Math.Abs(100 * Math.Log(Bars.Open[bar + 2] / Bars.Open[bar + 1])));
        return [.. Trend().Select(value => 0.5 * unit * value)];
    }

    private static MarketDynamics Dynamics(float[]? trend, double fee = 0.0005)
    {
        var plain = TestMarkets.Columns(Bars, fee);
        return new MarketDynamics(
            new MarketColumns(Bars, plain.Observed, plain.Direction, new CostModel(fee)) { Trend = trend });
    }

    private static int Bar(MarketEnvironment environment)
    {
        Span<int> tag = stackalloc int[1];
        environment.Tags(tag);
        return tag[0];
    }

    /// <summary>One whole episode of drawn actions.</summary>
    private static List<(int Bar, double Before, double After, float Reward)> Played(
        RewardShaping? shaping, float[] trend, ulong seed = 5)
    {
        var dynamics = Dynamics(trend);
        var environment = new MarketEnvironment(
            dynamics, Window, 1, new MarketEpisodeOptions { MinimumBars = 240, Shaping = shaping }, new Seed(seed));
        var step = new VectorStep(1, environment.ObservationSize);
        environment.Reset(step.Observations);
        var (random, position) = (new Seed(9).Stream(), MarketPosition.Flat);
        var played = new List<(int, double, double, float)>();
        while (step.Ends[0] == EpisodeEnd.None)
        {
            var (bar, before) = (Bar(environment), position.Held);
            var action = random.NextInt32(MarketDynamics.ActionCount);
            dynamics.Step(bar, (MarketAction)action, ref position);
            environment.Step([action], step);
            played.Add((bar, before, position.Held, step.Rewards[0]));
        }

        return played;
    }
}
