using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Environments.CartPole;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.LearningTests.OffPolicy;

public sealed class LearnerStateSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("learner-state-").FullName;

    public static TheoryData<string> Kinds => new(Learners.All);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Training_on_after_a_restart_gives_the_same_bytes_as_training_through(string kind)
    {
        var through = Learners.Create(kind, 7, 7);
        Learners.Run(through, 40);
        var first = Learners.Create(kind, 7, 7);
        Learners.Run(first, 17);
        var store = new DirectoryCheckpointStore(_folder);
        store.Save("job", first.Save());
        // Other weights, other streams: whatever is not restored shows.
        var second = Learners.Create(kind, 7, 99);

        second.Restore(store.LoadLatest("job")!.Value);
        Learners.Run(second, 23);

        Assert.True(through.Updates > 50);
        Assert.Equal(through.Current().Parameters, second.Current().Parameters);
        Assert.Equal(through.Save(), second.Save());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_gives_others(string kind)
    {
        var states = new byte[3][];
        Parallel.For(0, 3, i =>
        {
            var learner = Learners.Create(kind, 7, i == 2 ? 8UL : 7UL);
            Learners.Run(learner, 15);
            states[i] = learner.Save();
        });

        Assert.Equal(states[0], states[1]);
        Assert.NotEqual(states[0], states[2]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_second_thread_changes_no_bit(string kind)
    {
        using var second = new SecondThread("critic");
        var (one, two) = (Learners.Create(kind, 7, 7),
            Learners.Create(kind, 7, 7, new OffPolicyExtras { Second = second }));

        Learners.Run(one, 20);
        Learners.Run(two, 20);

        Assert.Equal(one.Save(), two.Save());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_gradient_that_is_not_finite_names_the_update_and_skipping_it_goes_on(string kind)
    {
        var faults = new TrainingFaults(RecoveryPlan.None, [3]);
        var learner = Learners.Create(kind, 7, 7, new OffPolicyExtras { Faults = faults });

        var fault = Assert.Throws<NumericalInstabilityException>(() => Learners.Run(learner, 20));
        var plan = RecoveryPlan.None.Next(fault);
        var again = Learners.Create(kind, 7, 7, new OffPolicyExtras { Faults = faults with { Recovery = plan } });
        Learners.Run(again, 20);

        Assert.Equal(3, fault.Step);
        Assert.True(again.Updates > 10);
        Assert.All(again.Current().Parameters, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_state_of_another_learner_is_refused_by_name()
    {
        var saved = Learners.Create("td3", 7, 7).Save();

        var refused = Assert.Throws<InvalidDataException>(() => Learners.Create("sac", 7, 7).Restore(saved));

        Assert.Equal("the saved state is of td3, this learner is sac", refused.Message);
    }

    [Fact]
    public void A_state_that_was_cut_off_is_refused()
    {
        var learner = Learners.Create("dqn", 7, 7);
        Learners.Run(learner, 12);
        var saved = learner.Save();

        Assert.All([10, saved.Length / 2, saved.Length - 1], length =>
            Assert.Throws<InvalidDataException>(() =>
                Learners.Create("dqn", 7, 7).Restore(saved.AsMemory(0, length))));
    }

    [Fact]
    public void The_best_policy_is_kept_and_travels_with_the_state()
    {
        var learner = Learners.Create("dqn", 7, 7);
        Learners.Run(learner, 50);
        var copy = Learners.Create("dqn", 7, 1);
        copy.Restore(learner.Save());

        var scores = EpisodeEvaluation.Returns(
            copy.Policy(copy.Best!), new CartPoleEnvironment(2, new(5)));

        Assert.Equal(learner.Best!.Score, copy.Best!.Score);
        Assert.Equal(copy.Best.Score, scores.Average());
        Assert.False(copy.Consider(copy.Best.Score));
        Assert.True(copy.Consider(copy.Best.Score + 1));
    }
}
