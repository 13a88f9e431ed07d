using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.Environments;
using TrainingCluster.Training.Environments.PeerMarket;

namespace TrainingCluster.LearningTests.Environments.PeerMarket;

/// <summary>The market and episodes that other systems were measured on, to the last bit.</summary>
public sealed class PeerMarketSpecs
{
    private static readonly Lazy<PeerMarketData> Data = new(PeerMarketData.Generate);

    [Fact]
    public void Returns_and_features_have_the_published_digests()
    {
        var returns = SHA256.HashData(MemoryMarshal.AsBytes(Data.Value.Returns));
        var features = SHA256.HashData(MemoryMarshal.AsBytes(Data.Value.FeatureRows));

        Assert.Equal("75be5b773b221fd21f6c614d95c34376c4ef0caca192894d3b8172673e8e8074", Hex(returns));
        Assert.Equal("87d5eed435328584784f3ed8767f0bd672467e698d19b0e7d9b9b65ad854bec6", Hex(features));
    }

    [Theory]
    [InlineData(false, 1, 44014, -2.6185803678115858,
        "7ef8918a089b13f9633ba746af8e753ee1333d5e7aaf56735e4428b8b25e8342")]
    [InlineData(false, 2, 19624, -2.5247598431104485,
        "d367657bdae97a5f825e4c8f53cacbfbf832cd2a14df339003cccd7b89e5e255")]
    [InlineData(false, 3, 54320, -0.756159176078014,
        "f1c60b585c3af6577b394aecee34a0b165a07bbad1eb981176f1a23621625c4a")]
    [InlineData(true, 1, 44014, -3.1797967664894187,
        "8eb566cb693476aef875cb110317048411366c89be4c08666c051a4a69b4fc04")]
    [InlineData(true, 2, 19624, -4.931336359004993,
        "d3c89276f0fdec9029e71cf1c57fedd545b7bad4569435652ce8ca9232a710ba")]
    [InlineData(true, 3, 54320, -4.479558976830405,
        "e4e0437bfd917a183311f3f6058b085e1ed593963e86d1443b331fe69a7ceeeb")]
    public void An_episode_has_the_published_rewards_and_observations(
        bool continuous, int seed, int start, double reward, string observed)
    {
        var environment = Create(1, (ulong)seed);
        var actions = new RandomStream(1000UL + (ulong)seed);
        var observation = new float[PeerMarketEnvironment.Entries];
        environment.Reset(observation);
        Span<int> tag = stackalloc int[1];
        environment.Tags(tag);
        Assert.Equal(start, tag[0]);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<float>(observation));
        var sum = 0.0;
        for (var bar = 0; bar < PeerMarketEnvironment.EpisodeBars; bar++)
        {
            sum += environment.Move(0, Target(environment.Positions[0]));
            environment.Observe(0, observation);
            hash.AppendData(MemoryMarshal.AsBytes<float>(observation));
        }

        Assert.Equal(BitConverter.DoubleToInt64Bits(reward), BitConverter.DoubleToInt64Bits(sum));
        Assert.Equal(observed, Hex(hash.GetHashAndReset()));

        double Target(double held) => continuous
            ? Math.Clamp(actions.NextDouble() * 2 - 1, -1, 1)
            : (actions.NextUInt64() % 3) switch { 0 => held, 1 => 1, _ => -1 };
    }

    [Fact]
    public void Episodes_in_a_vector_are_those_that_each_would_be_alone()
    {
        var together = Create(5, 30);
        var step = new VectorStep(5, PeerMarketEnvironment.Entries);
        together.Reset(step.Observations);
        var alone = Enumerable.Range(0, 5).Select(i => Create(1, 30 + (ulong)i)).ToArray();
        var steps = alone.Select(_ => new VectorStep(1, PeerMarketEnvironment.Entries)).ToArray();
        for (var i = 0; i < 5; i++)
        {
            alone[i].Reset(steps[i].Observations);
        }

        for (var bar = 0; bar < 800; bar++)
        {
            int[] actions = [.. Enumerable.Range(0, 5).Select(i => (bar / (i + 2)) % 3)];
            together.Step(actions, step);
            for (var i = 0; i < 5; i++)
            {
                alone[i].Step([actions[i]], steps[i]);
                Assert.Equal(bar % 390 == 389 ? EpisodeEnd.Truncated : EpisodeEnd.None, step.Ends[i]);
                Assert.Equal(steps[i].Rewards[0], step.Rewards[i]);
            }
        }

        Assert.Equal(steps.SelectMany(one => one.Observations), step.Observations);
        Assert.Equal(steps.SelectMany(one => one.FinalObservations), step.FinalObservations);
    }

    [Fact]
    public void A_tag_and_the_own_entries_give_an_observation_back()
    {
        var environment = Create(3, 4);
        var step = new VectorStep(3, PeerMarketEnvironment.Entries);
        environment.Reset(step.Observations);
        for (var bar = 0; bar < 400; bar++)
        {
            environment.Step([bar % 3, 1, 2], step);
        }

        Span<int> tags = stackalloc int[3];
        environment.Tags(tags);
        var recalled = new float[PeerMarketEnvironment.Entries];
        for (var episode = 0; episode < 3; episode++)
        {
            environment.Recall(tags[episode], recalled);
            recalled[^1] = (float)environment.Positions[episode];
            Assert.Equal(step.Observations[(episode * 257)..((episode + 1) * 257)], recalled);
        }
    }

    /// <summary>The figures are those of the market's own Python definition.</summary>
    [Fact]
    public void The_simple_rules_earn_what_the_definition_says_on_the_held_out_episodes()
    {
        Assert.Equal(6.361748, Score((signal, _) => signal > 0.25f ? 1 : signal < -0.25f ? 2 : 0), 1e-5);
        Assert.Equal(6.194750, Score((signal, _) => signal > 0 ? 1 : 2), 1e-5);
        Assert.Equal(0.791833, Score((_, _) => 1), 1e-5);
        Assert.Equal(0.0, Score((_, _) => 0), 1e-12);
    }

    [Fact]
    public void A_saved_state_continues_bit_for_bit_and_a_step_allocates_nothing()
    {
        var (through, other) = (Create(3, 4), Create(3, 5));
        var (expected, actual) = (Play(through, 100), Play(other, 7));
        other.RestoreState(through.SaveState());
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var bar = 0; bar < 500; bar++)
        {
            through.Step([1, 0, bar % 3], expected);
            other.Step([1, 0, bar % 3], actual);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(expected.Observations, actual.Observations);
    }

    private static VectorStep Play(PeerMarketEnvironment environment, int bars)
    {
        var step = new VectorStep(environment.Count, environment.ObservationSize);
        environment.Reset(step.Observations);
        for (var bar = 0; bar < bars; bar++)
        {
            environment.Step([0, 1, 2], step);
        }

        return step;
    }

    private static double Score(Func<float, int, int> rule) =>
        PeerMarketEvaluation.MeanReturn(Data.Value, (observations, actions) =>
        {
            for (var episode = 0; episode < actions.Length; episode++)
            {
                actions[episode] = rule(observations[episode * 257 + 31 * 8 + 6], episode);
            }
        });

    private static PeerMarketEnvironment Create(int count, ulong seed) =>
        new(Data.Value, count, seed, PeerMarketEnvironment.Training);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
