using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Verdicts;

namespace TrainingCluster.UnitTests.Trading.Verdicts;

public sealed class FieldEvidenceSpecs
{
    [Fact]
    public void A_real_edge_beats_the_benchmark_and_noise_does_not()
    {
        var benchmark = Noise("hold", 0, 1);

        var skilled = FieldEvidence.Of(
            [Noise("edge", .25, 2), Noise("a", 0, 3), Noise("b", 0, 4)], benchmark, 0, new Seed(1));
        var lucky = FieldEvidence.Of(
            [Noise("c", 0, 5), Noise("a", 0, 3), Noise("b", 0, 4)], benchmark, 0, new Seed(1));

        Assert.True(skilled.RealityCheck.Value!.PValue < .05 && skilled.SuperiorAbility.Value!.Consistent < .05);
        Assert.True(lucky.RealityCheck.Value!.PValue > .05 && lucky.SuperiorAbility.Value!.Consistent > .05);
        Assert.True(skilled.Overfitting.Value!.Probability < lucky.Overfitting.Value!.Probability);
        Assert.Equal(16, skilled.Blocks);
    }

    [Fact]
    public void The_chosen_one_is_tested_against_every_other_and_the_benchmark_with_p_values_adjusted()
    {
        var field = FieldEvidence.Of(
            [Noise("a", 0, 3), Noise("edge", .25, 2), Noise("b", 0, 4)], Noise("hold", 0, 1), 1, new Seed(1));

        Assert.Equal("edge", field.Chosen);
        Assert.Equal(["a", "b", "hold"], field.Pairs.Select(pair => pair.Other));
        Assert.All(field.Pairs, pair => Assert.True(
            pair.Adjusted >= pair.Difference.Value!.PValue && pair.Difference.Value.Difference > 0));
        Assert.InRange(field.Correlation!.Value, -.1, .1);
    }

    [Fact]
    public void What_cannot_be_computed_is_named_with_the_reason()
    {
        var flat = new Competitor("flat", new double[500]);

        var alone = FieldEvidence.Of([flat], flat with { Name = "hold" }, null, new Seed(1));
        var few = FieldEvidence.Of([Noise("a", 0, 1, 12), Noise("b", 0, 2, 12)], Noise("c", 0, 3, 12), 0, new Seed(1));

        Assert.Contains("differ from those of hold", alone.RealityCheck.Missing);
        Assert.Contains("there is 1", alone.Overfitting.Missing);
        Assert.Contains("was chosen", alone.WithoutPairs);
        Assert.Contains("12 bars", few.Overfitting.Missing);
        Assert.Contains("12 bars", few.SuperiorAbility.Missing);
        foreach (var line in alone.Lines().Concat(alone.PairLines()).Concat(few.Lines()).Concat(few.PairLines()))
        {
            Assert.False(string.IsNullOrWhiteSpace(line.Value), line.Name);
        }
    }

    [Fact]
    public void A_competitor_that_equals_the_benchmark_is_no_test_and_does_not_stop_the_others()
    {
        var hold = Noise("hold", 0, 1);

        var field = FieldEvidence.Of([Noise("a", .1, 2), hold with { Name = "same" }], hold, 1, new Seed(1));

        Assert.True(field.RealityCheck.IsKnown && field.SuperiorAbility.IsKnown);
        Assert.Contains("both are the same", field.Pairs.Single(pair => pair.Other == "hold").Difference.Missing);
        Assert.NotNull(field.Pairs.Single(pair => pair.Other == "a").Adjusted);
    }

    private static Competitor Noise(string name, double mean, ulong seed, int bars = 800)
    {
        var stream = new Seed(seed).For("field").Stream();
        return new Competitor(name, [.. Enumerable.Range(0, bars).Select(_ => mean + stream.NextGaussian())]);
    }
}
