using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Environments.Bandit;
using TrainingCluster.Training.Environments.BitFlip;
using TrainingCluster.Training.Environments.CartPole;
using TrainingCluster.Training.Environments.CliffWalk;
using TrainingCluster.Training.Environments.Pendulum;

namespace TrainingCluster.LearningTests.Environments;

/// <summary>The small problems that learners are checked on.</summary>
public sealed class TestEnvironmentSpecs
{
    private static readonly Seed Origin = new(11);

    [Fact]
    public void A_pendulum_moves_and_pays_as_its_equations_say_and_is_cut_off_after_200_steps()
    {
        var environment = new PendulumEnvironment(1, Origin);
        var step = Outcome(environment);
        environment.Reset(step.Observations);
        var (angle, speed) = (Math.Atan2(step.Observations[1], step.Observations[0]), step.Observations[2]);

        environment.Step([3], step);

        var expected = speed + (15 * Math.Sin(angle) + 3 * 2) * 0.05;
        Assert.Equal(-(angle * angle + 0.1 * speed * speed + 0.001 * 4), step.Rewards[0], 1e-5);
        Assert.Equal(expected, step.Observations[2], 1e-5);
        Assert.Equal(Math.Cos(angle + 0.05 * expected), step.Observations[0], 1e-5);
        Assert.Equal(EpisodeEnd.None, step.Ends[0]);
        for (var i = 2; i <= 200; i++)
        {
            environment.Step([0], step);
            Assert.Equal(i == 200 ? EpisodeEnd.Truncated : EpisodeEnd.None, step.Ends[0]);
        }
    }

    [Fact]
    public void Flipping_the_wrong_bits_reaches_the_goal_and_terminates_others_are_cut_off()
    {
        const int bits = 9;
        var environment = new BitFlipEnvironment(bits, 2, Origin);
        var step = Outcome(environment);
        environment.Reset(step.Observations);
        int[] wrong = [.. Enumerable.Range(0, bits).Where(i => step.Observations[i] != step.Observations[bits + i])];
        Assert.NotEmpty(wrong);
        for (var i = 0; i < bits; i++)
        {
            var done = i == wrong.Length - 1;

            environment.Step([i < wrong.Length ? wrong[i] : 0, i % 2], step);

            if (i < wrong.Length)
            {
                Assert.Equal((done ? 0f : -1f, done), (step.Rewards[0], step.Ends[0] == EpisodeEnd.Terminated));
            }
        }

        var goal = new float[bits];
        var last = step.FinalObservations.AsSpan(2 * bits, 2 * bits);
        environment.Achieved(last, goal);
        Assert.Equal(EpisodeEnd.Truncated, step.Ends[1]);
        Assert.Equal((0f, true), environment.Judge(goal, last[..bits]));
        Assert.Equal((-1f, false), environment.Judge(goal, last[bits..]));
    }

    [Fact]
    public void A_bandit_pays_the_share_of_branches_that_are_right()
    {
        var environment = new BranchingBandit(4, 11, 3, 1, Origin);
        var step = Outcome(environment);
        environment.Reset(step.Observations);
        int[] choice = [.. environment.Answers(Array.IndexOf(step.Observations, 1f))];
        choice[2] = (choice[2] + 1) % 11;

        environment.Step(choice, step);

        Assert.Equal(0.75f, step.Rewards[0]);
        Assert.Equal(EpisodeEnd.Terminated, step.Ends[0]);
    }

    [Fact]
    public void Only_the_right_action_in_every_state_earns_anything_on_the_cliff()
    {
        var environment = new CliffWalkEnvironment(10, 1, Origin);
        var step = Outcome(environment);
        environment.Reset(step.Observations);
        for (var state = 0; state < 10; state++)
        {
            Assert.Equal(1, step.Observations[state]);
            environment.Step([environment.RightActions[state]], step);
            Assert.Equal(state == 9 ? (1f, EpisodeEnd.Terminated) : (0f, EpisodeEnd.None),
                (step.Rewards[0], step.Ends[0]));
        }

        environment.Step([1 - environment.RightActions[0]], step);
        Assert.Equal((0f, EpisodeEnd.Terminated), (step.Rewards[0], step.Ends[0]));
        Assert.Contains(0, environment.RightActions.ToArray());
        Assert.Contains(1, environment.RightActions.ToArray());
    }

    [Fact]
    public void Episodes_continue_from_a_saved_state_as_if_nothing_had_happened()
    {
        foreach (var create in Kinds)
        {
            var (through, other) = (create(new Seed(1)), create(new Seed(2)));
            var (expected, actual) = (Outcome(through), Outcome(other));
            through.Reset(expected.Observations);
            other.Reset(actual.Observations);
            Play(through, expected, 0, 150);

            other.RestoreState(through.SaveState());
            Play(through, expected, 150, 300);
            Play(other, actual, 150, 300);

            Assert.Equal(expected.Observations, actual.Observations);
            Assert.Equal(expected.Rewards, actual.Rewards);
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        foreach (var create in Kinds)
        {
            var environment = create(Origin);
            var step = Outcome(environment);
            environment.Reset(step.Observations);
            Play(environment, step, 0, 300);
            var before = GC.GetAllocatedBytesForCurrentThread();

            Play(environment, step, 0, 300);

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void An_action_outside_the_space_is_refused_with_its_episode_and_the_rule()
    {
        var cart = new CartPoleEnvironment(2, Origin);
        var pendulum = new PendulumEnvironment(2, Origin);
        var bandit = new BranchingBandit(2, 3, 1, 2, Origin);

        var discrete = Assert.Throws<ArgumentOutOfRangeException>(() => cart.Step([0, 2], Outcome(cart)));
        var continuous = Assert.Throws<ArgumentOutOfRangeException>(
            () => pendulum.Step([0, float.NaN], Outcome(pendulum)));
        var branch = Assert.Throws<ArgumentOutOfRangeException>(
            () => bandit.Step([0, 0, 0, -1], Outcome(bandit)));
        var few = Assert.Throws<ArgumentOutOfRangeException>(() => cart.Step([0], Outcome(cart)));

        Assert.Contains("the action of episode 1 must lie in [0, 2)", discrete.Message);
        Assert.Contains("entry 0 of the action of episode 1 must be a finite number", continuous.Message);
        Assert.Contains("the choice of episode 1 on branch 1 must lie in [0, 3)", branch.Message);
        Assert.Contains("all episodes together take 2 numbers", few.Message);
    }

    private static IEnumerable<Func<Seed, IEpisodeVector>> Kinds =>
    [
        seed => new CartPoleEnvironment(3, seed),
        seed => new PendulumEnvironment(3, seed),
        seed => new BitFlipEnvironment(7, 3, seed),
        seed => new BranchingBandit(2, 3, 4, 3, new Seed(5)),
        _ => new CliffWalkEnvironment(4, 3, new Seed(5)),
    ];

    private static VectorStep Outcome(IEpisodeVector environment) =>
        new(environment.Count, environment.ObservationSize);

    private static void Play(IEpisodeVector environment, VectorStep step, int from, int to)
    {
        Span<int> choices = stackalloc int[6];
        Span<float> numbers = stackalloc float[3];
        for (var i = from; i < to; i++)
        {
            switch (environment)
            {
                case IVectorEnvironment discrete:
                    choices.Fill(i % 7 % discrete.ActionCount);
                    discrete.Step(choices[..3], step);
                    break;
                case IBranchingEnvironment branching:
                    choices.Fill(i % 3);
                    branching.Step(choices, step);
                    break;
                case IContinuousEnvironment continuous:
                    numbers.Fill(i % 5 / 2f - 1);
                    continuous.Step(numbers, step);
                    break;
            }
        }
    }
}
