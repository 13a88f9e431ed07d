using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Environments.BitFlip;
using TrainingCluster.Training.Environments.PeerMarket;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.LearningTests.Replay;

public sealed class ReplayBufferSpecs
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 4)]
    public void Kept_indices_give_the_same_bits_as_kept_copies(int episodes, int steps)
    {
        var options = new ReplayOptions { Capacity = 100, Steps = steps, Priorities = new PriorityOptions() };
        var walk = new WalkingEpisodes(episodes, 9, 12, new Seed(1));
        var indexedWalk = new IndexedWalkingEpisodes(episodes, 9, 12, new Seed(1));
        var (copies, indices) =
            (new ReplayBuffer(options, walk, 1), new ReplayBuffer(options, indexedWalk, 1));
        var (feedCopies, feedIndices) =
            (new Feeding(walk, new Seed(2)), new Feeding(indexedWalk, new Seed(2)));
        var (left, right) = (new ReplayBatch(64, 10, 1), new ReplayBatch(64, 10, 1));
        var (one, other) = (new RandomStream(5), new RandomStream(5));

        for (var round = 0; round < 40; round++)
        {
            feedCopies.Into(copies, 7);
            feedIndices.Into(indices, 7);
            copies.Sample(left, one, 0.5);
            indices.Sample(right, other, 0.5);

            Assert.Equal(left.Observations, right.Observations);
            Assert.Equal(left.NextObservations, right.NextObservations);
            Assert.Equal(left.Rewards, right.Rewards);
            Assert.Equal(left.Discounts, right.Discounts);
            Assert.Equal(left.Actions, right.Actions);
            Assert.Equal(left.Weights, right.Weights);
        }
    }

    [Fact]
    public void Half_a_million_transitions_of_the_peers_observation_fit_into_24_megabytes()
    {
        var environment = new PeerMarketEnvironment(
            PeerMarketData.Generate(), 8, 1, PeerMarketEnvironment.Training);
        var options = new ReplayOptions
        {
            Capacity = 500_000,
            Priorities = new PriorityOptions { ProfitWeight = 1 },
        };

        var before = GC.GetAllocatedBytesForCurrentThread();
        var buffer = new ReplayBuffer(options, environment, 1);
        var held = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(500_000, buffer.Capacity);
        Assert.InRange(buffer.Bytes, 1, 24_000_000);
        Assert.InRange(held, buffer.Bytes, 24_000_000);
    }

    [Fact]
    public void Several_steps_are_summed_up_to_the_end_of_the_episode_or_of_what_is_known()
    {
        var walk = new WalkingEpisodes(2, 1, 6, new Seed(3));
        var options = new ReplayOptions { Capacity = 60, Steps = 3, Gamma = 0.5 };
        var buffer = new ReplayBuffer(options, walk, 1);
        var single = new ReplayBuffer(options with { Steps = 1 }, new WalkingEpisodes(2, 1, 6, new Seed(3)), 1);
        new Feeding(walk, new Seed(4)).Into(buffer, 30);
        var again = new WalkingEpisodes(2, 1, 6, new Seed(3));
        new Feeding(again, new Seed(4)).Into(single, 30);
        var (three, one) = (new ReplayBatch(400, 2, 1), new ReplayBatch(4000, 2, 1));

        buffer.Sample(three, new RandomStream(1), 0);
        single.Sample(one, new RandomStream(2), 0);

        var bySlot = Enumerable.Range(0, one.Rows).ToLookup(row => one.Slots[row]);
        for (var row = 0; row < three.Rows; row++)
        {
            var (sum, discount, slot) = (0.0, 1.0, three.Slots[row]);
            for (var step = 0; step < 3; step++)
            {
                var at = bySlot[slot].First();
                sum += discount * one.Rewards[at];
                discount *= 0.5;
                // A place that the next slot does not continue is the end of an episode.
                var goesOn = slot + 2 < 60 && bySlot[slot + 2].Any()
                    && one.Tags[bySlot[slot + 2].First()] == one.Tags[at] + 1 && one.Discounts[at] != 0;
                if (!goesOn || step == 2)
                {
                    Assert.Equal(sum, three.Rewards[row], 1e-5);
                    Assert.Equal(one.Discounts[at] == 0 ? 0 : discount, three.Discounts[row], 1e-7);
                    Assert.Equal(
                        one.NextObservations.AsSpan(at * 2, 2), three.NextObservations.AsSpan(row * 2, 2));
                    break;
                }

                slot += 2;
            }
        }
    }

    [Fact]
    public void Four_of_five_goals_are_put_in_hindsight_and_were_reached_later_in_the_same_episode()
    {
        const int bits = 6;
        var environment = new BitFlipEnvironment(bits, 2, new Seed(1));
        var buffer = new ReplayBuffer(
            new ReplayOptions { Capacity = 600, HindsightGoals = 4 }, environment, 1);
        new Feeding(environment, new Seed(2)).Into(buffer, 300);
        var batch = new ReplayBatch(10_000, 2 * bits, 1);

        buffer.Sample(batch, new RandomStream(3), 0);

        Assert.InRange(batch.Hindsight.Count(one => one) / (double)batch.Rows, 0.79, 0.81);
        for (var row = 0; row < batch.Rows; row++)
        {
            var now = batch.Observations.AsSpan(row * 2 * bits, 2 * bits);
            var next = batch.NextObservations.AsSpan(row * 2 * bits, 2 * bits);
            Assert.True(now[bits..].SequenceEqual(next[bits..]));
            var reached = next[..bits].SequenceEqual(next[bits..]);
            Assert.Equal(reached ? 0 : -1, batch.Rewards[row]);
            Assert.Equal(reached ? 0 : 0.99f, batch.Discounts[row]);
            if (batch.Hindsight[row])
            {
                // A goal of the future differs in at most as many bits as an episode still has flips.
                var distance = Enumerable.Range(0, bits).Count(i => Flipped(batch, row, bits, i));
                Assert.InRange(distance, 0, bits - 1);
            }
        }
    }

    [Fact]
    public void Goals_priorities_and_several_steps_go_together()
    {
        var environment = new BitFlipEnvironment(4, 3, new Seed(1));
        var buffer = new ReplayBuffer(
            new ReplayOptions
            {
                Capacity = 90,
                HindsightGoals = 4,
                Steps = 3,
                Gamma = 0.5,
                Priorities = new PriorityOptions(),
            },
            environment, 1);
        var feeding = new Feeding(environment, new Seed(2));
        var batch = new ReplayBatch(500, 8, 1);
        for (var round = 0; round < 20; round++)
        {
            feeding.Into(buffer, 13);
            buffer.Sample(batch, new RandomStream((ulong)round), 1);
            buffer.Reprioritise(batch.Slots, batch.Rewards.Select(Math.Abs).ToArray());

            for (var row = 0; row < batch.Rows; row++)
            {
                var next = batch.NextObservations.AsSpan(row * 8, 8);
                var reached = next[..4].SequenceEqual(next[4..]);
                // Steps summed up: one to three, each −1 but the one that arrives.
                float[] possible = reached ? [0, -1, -1.5f] : [-1, -1.5f, -1.75f];
                Assert.Contains(batch.Rewards[row], possible);
                Assert.Equal(reached, batch.Discounts[row] == 0);
            }
        }
    }

    [Fact]
    public void A_buffer_that_was_read_back_draws_the_same()
    {
        var options = new ReplayOptions { Capacity = 50, Steps = 2, Priorities = new PriorityOptions() };
        var environment = new IndexedWalkingEpisodes(2, 5, 9, new Seed(1));
        var (buffer, copy) =
            (new ReplayBuffer(options, environment, 1), new ReplayBuffer(options, environment, 1));
        new Feeding(environment, new Seed(2)).Into(buffer, 40);
        buffer.Reprioritise([3, 9, 20], [5, 0.1f, 2]);

        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        buffer.Write(writer);
        memory.Position = 0;
        copy.Read(new BinaryReader(memory));

        var (left, right) = (new ReplayBatch(200, 6, 1), new ReplayBatch(200, 6, 1));
        buffer.Sample(left, new RandomStream(5), 0.7);
        copy.Sample(right, new RandomStream(5), 0.7);
        Assert.Equal(left.Slots, right.Slots);
        Assert.Equal(left.Weights, right.Weights);
        Assert.Equal(left.NextObservations, right.NextObservations);
    }

    [Fact]
    public void A_state_of_a_larger_buffer_is_refused()
    {
        var environment = new IndexedWalkingEpisodes(1, 5, 9, new Seed(1));
        var large = new ReplayBuffer(new ReplayOptions { Capacity = 50 }, environment, 1);
        var small = new ReplayBuffer(new ReplayOptions { Capacity = 20 }, environment, 1);
        new Feeding(environment, new Seed(2)).Into(large, 40);
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        large.Write(writer);
        memory.Position = 0;

        var refused = Assert.Throws<InvalidDataException>(() => small.Read(new BinaryReader(memory)));

        Assert.Contains("holds 40 steps, this one has room for 20", refused.Message);
    }

    private static bool Flipped(ReplayBatch batch, int row, int bits, int bit) =>
        batch.Observations[row * 2 * bits + bit] != batch.Observations[row * 2 * bits + bits + bit];
}
