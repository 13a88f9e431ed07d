using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.LearningTests.Replay;

/// <summary>Numbers of the five-transition example were computed with numpy: P = p^.6 / Σ, w = (N·P)^−.4 by
/// their maximum.</summary>
public sealed class PrioritySpecs
{
    private static readonly float[] Errors = [0.1f, 1.0f, 2.0f, 4.0f, 0.5f];
    private static readonly double[] Probabilities =
        [0.04388298238774975, 0.17470129953836006, 0.2647976539011877, 0.4013581907911169, 0.11525987338158553];
    private static readonly double[] Weights =
        [1.0, 0.5754399373371568, 0.487251069486424, 0.41257755903125753, 0.6795903430886512];

    [Fact]
    public void Probabilities_and_weights_are_those_of_the_paper()
    {
        var buffer = Five(new PriorityOptions { Epsilon = 0 });
        buffer.Reprioritise([0, 1, 2, 3, 4], Errors);
        var batch = new ReplayBatch(2000, 3, 1);

        buffer.Sample(batch, new RandomStream(1), 0.4);

        for (var slot = 0; slot < 5; slot++)
        {
            Assert.Equal(Probabilities[slot], buffer.Probability(slot), 1e-8);
            var row = Array.IndexOf(batch.Slots, slot);
            Assert.Equal(Weights[slot], batch.Weights[row], 1e-6);
        }
    }

    [Fact]
    public void Draws_follow_the_probabilities()
    {
        const int draws = 100_000;
        var buffer = Five(new PriorityOptions());
        buffer.Reprioritise([0, 1, 2, 3, 4], Errors);
        var batch = new ReplayBatch(10, 3, 1);
        var random = new RandomStream(7);
        var counts = new double[5];

        for (var i = 0; i < draws / 10; i++)
        {
            buffer.Sample(batch, random, 0.4);
            foreach (var slot in batch.Slots)
            {
                counts[slot]++;
            }
        }

        var distance = counts.Select((count, slot) =>
            Math.Pow(count - draws * Probabilities[slot], 2) / (draws * Probabilities[slot])).Sum();
        // The 0.999 quantile of chi-square with four degrees of freedom.
        Assert.InRange(distance, 0, 18.47);
    }

    [Fact]
    public void One_draw_comes_from_each_of_as_many_equal_segments_as_there_are_draws()
    {
        var buffer = Five(new PriorityOptions { Alpha = 1, Epsilon = 0 });
        buffer.Reprioritise([0, 1, 2, 3, 4], [1, 1, 1, 1, 1]);
        var batch = new ReplayBatch(5, 3, 1);
        var random = new RandomStream(2);

        for (var i = 0; i < 100; i++)
        {
            buffer.Sample(batch, random, 1);

            Assert.Equal([0, 1, 2, 3, 4], batch.Slots.Order());
        }
    }

    [Fact]
    public void A_new_transition_has_the_largest_priority_so_far()
    {
        var environment = new WalkingEpisodes(1, 2, 5, new Seed(1));
        var buffer = new ReplayBuffer(
            new ReplayOptions { Capacity = 10, Priorities = new PriorityOptions() }, environment, 1);
        var feeding = new Feeding(environment, new Seed(2));
        feeding.Into(buffer, 5);
        buffer.Reprioritise([0, 1, 2, 3, 4], Errors);

        feeding.Into(buffer, 1);

        Assert.Equal(buffer.Probability(3), buffer.Probability(5), 1e-15);
    }

    [Fact]
    public void Profit_rarity_and_a_change_of_regime_raise_a_priority_by_their_weights()
    {
        var rarity = new float[11_000];
        var change = new float[11_000];
        foreach (var place in Places(8).Take(4))
        {
            (rarity[place], change[place]) = (0.5f, 1);
        }

        var signals = new BarSignals([.. rarity], [.. change]);
        double Ratio(PriorityOptions options)
        {
            var environment = new WalkingEpisodes(1, 2, 1, new Seed(1));
            var buffer = new ReplayBuffer(
                new ReplayOptions { Capacity = 8, Priorities = options with { Alpha = 1 } },
                environment, 1, signals);
            new Feeding(environment, new Seed(2)).Into(buffer, 8);
            return buffer.Probability(0) / buffer.Probability(7);
        }

        Assert.Equal(1, Ratio(new PriorityOptions()), 1e-6);
        Assert.Equal(1 + 3 * 0.5, Ratio(new PriorityOptions { RarityWeight = 3 }), 1e-6);
        Assert.Equal(1 + 2, Ratio(new PriorityOptions { RegimeWeight = 2 }), 1e-6);
        Assert.NotEqual(1, Ratio(new PriorityOptions { ProfitWeight = 1 }), 1e-2);
    }

    [Fact]
    public void Priorities_by_bars_are_refused_where_no_bars_are_given()
    {
        var environment = new WalkingEpisodes(1, 2, 1, new Seed(1));
        var options = new ReplayOptions { Priorities = new PriorityOptions { RegimeWeight = 1 } };

        var refused = Assert.Throws<ArgumentException>(() => new ReplayBuffer(options, environment, 1));

        Assert.Contains("no bars say which those are", refused.Message);
    }

    /// <summary>The places that the walk of seed 1 shows first.</summary>
    private static int[] Places(int count)
    {
        var environment = new WalkingEpisodes(1, 2, 1, new Seed(1));
        var step = new VectorStep(1, 3);
        var places = new int[count];
        environment.Reset(step.Observations);
        for (var i = 0; i < count; i++)
        {
            environment.Tags(places.AsSpan(i, 1));
            environment.Step([0], step);
        }

        return places;
    }

    private static ReplayBuffer Five(PriorityOptions priorities)
    {
        var environment = new WalkingEpisodes(1, 2, 5, new Seed(1));
        var buffer = new ReplayBuffer(
            new ReplayOptions { Capacity = 5, Priorities = priorities }, environment, 1);
        new Feeding(environment, new Seed(2)).Into(buffer, 5);
        return buffer;
    }
}
