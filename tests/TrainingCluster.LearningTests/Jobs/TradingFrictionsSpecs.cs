using TrainingCluster.Training.Jobs;

namespace TrainingCluster.LearningTests.Jobs;

public sealed class TradingFrictionsSpecs
{
    private static readonly RunSpec Spec = new()
    {
        DataName = "market",
        Data = EncoderRuns.Market().Digest,
        Strategies = ["rsi_mean_reversion"],
        Stages = [Stage.CnnLstm],
        Agents = [],
        Budget = BudgetName.Quick,
        Seed = 1,
        Overrides = EncoderRuns.Tiny,
    };

    [Fact]
    public void Each_friction_makes_another_job_and_the_standard_ones_none()
    {
        TradingFrictions[] all =
        [
            TradingFrictions.None, new(SpreadRatio: .0002), new(VolatilitySlippage: .05), new(ImpactSlippage: .1),
            new(BorrowRatioPerYear: .03), new(Capital: 50_000),
        ];

        var digests = all.Select(frictions => Digest(Spec with { Frictions = frictions })).ToArray();

        Assert.Equal(all.Length, digests.Distinct().Count());
        Assert.Equal(Digest(Spec), digests[0]);
    }

    [Fact]
    public void Everything_that_is_out_of_range_is_told_at_once()
    {
        var refused = Assert.Throws<RunSpecException>(() => RunPlan.Jobs(Spec with
        {
            Frictions = new TradingFrictions(1, -1, double.NaN, double.PositiveInfinity, 0),
        }));

        Assert.Equal(5, refused.Violations.Length);
        foreach (var name in new[] { "spread is 1;", "slippage is -1;", "impact is NaN;", "borrow is", "capital is 0;" })
        {
            Assert.Contains(name, refused.Message);
        }
    }

    [Fact]
    public void What_trading_costs_is_the_same_in_the_evaluation_of_a_job()
    {
        var bars = EncoderRuns.Market();
        var dear = RunPlan.Jobs(Spec with { Frictions = new TradingFrictions(SpreadRatio: .01) })[0];

        var free = EncoderRuns.Run(RunPlan.Jobs(Spec)[0], bars).Evaluation;
        var paid = EncoderRuns.Run(dear, bars).Evaluation;

        Assert.Equal(.0005 + .01 / 2, dear.Costs.TurnoverRatio);
        Assert.NotEqual(free.NextOpen.Returns.AsEnumerable(), paid.NextOpen.Returns.AsEnumerable());
    }

    private static string Digest(RunSpec spec) => RunPlan.Jobs(spec)[0].SpecDigest([]).Hex;
}
