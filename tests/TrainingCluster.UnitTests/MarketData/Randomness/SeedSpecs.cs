using TrainingCluster.MarketData.Randomness;

namespace TrainingCluster.UnitTests.MarketData.Randomness;

public sealed class SeedSpecs
{
    [Fact]
    public void A_restored_stream_continues_bit_for_bit()
    {
        var stream = new Seed(7).For("weights").Stream();
        stream.NextGaussian();

        var copy = RandomStream.Restore(stream.State);

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(stream.NextGaussian(), copy.NextGaussian());
            Assert.Equal(stream.NextInt32(17), copy.NextInt32(17));
        }
    }

    [Fact]
    public void The_generator_is_splitmix64()
    {
        var stream = new RandomStream(1234567);

        Assert.Equal(6457827717110365317UL, stream.NextUInt64());
        Assert.Equal(3203168211198807973UL, stream.NextUInt64());
    }

    [Fact]
    public void Names_split_a_seed_into_different_seeds()
    {
        var seed = new Seed(7);

        Assert.NotEqual(seed.For("weights"), seed.For("batches"));
        Assert.Equal(seed.For("weights"), new Seed(7).For("weights"));
        Assert.NotEqual(seed.For("weights"), new Seed(8).For("weights"));
    }
}
