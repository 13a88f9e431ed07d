using FsCheck;
using FsCheck.Fluent;
using TrainingCluster.Registry.Grades;

namespace TrainingCluster.UnitTests.Registry.Grades;

public sealed class GradePolicySpecs
{
    [Theory]
    [InlineData("accuracy", .95, 100, Grade.S)]
    [InlineData("accuracy", .905, 90, Grade.APlus)]
    [InlineData("accuracy", .725, 50, Grade.B)]
    [InlineData("accuracy", .50, 0, Grade.F)]
    [InlineData("loss", .025, 96.9388, Grade.S)]
    [InlineData("loss", .01, 100, Grade.S)]
    [InlineData("sharpe", 1.25, 50, Grade.B)]
    [InlineData("sharpe", .80, 20, Grade.D)]
    [InlineData("sharpe", 2.1, 100, Grade.S)]
    [InlineData("max_drawdown", .12, 72, Grade.AMinus)]
    [InlineData("max_drawdown", .05, 100, Grade.S)]
    public void One_metric_scores_linearly_between_its_anchors(
        string metric, double value, double score, Grade grade)
    {
        var anchor = GradePolicy.CnnLstm.Anchors.Concat(GradePolicy.Agent.Anchors)
            .First(anchor => anchor.Metric == metric);
        var alone = new GradePolicy("alone", [anchor]);

        var result = alone.Grade(new Dictionary<string, double> { [metric] = value });

        Assert.Equal(score, result.Composite!.Value, 4);
        Assert.Equal(grade, result.Grade);
    }

    [Theory]
    [InlineData("100", Grade.S)]
    [InlineData("95.0000001", Grade.S)]
    [InlineData("95", Grade.APlus)]
    [InlineData("90", Grade.APlus)]
    [InlineData("89.9999", Grade.A)]
    [InlineData("80", Grade.A)]
    [InlineData("70", Grade.AMinus)]
    [InlineData("60", Grade.BPlus)]
    [InlineData("50", Grade.B)]
    [InlineData("40", Grade.BMinus)]
    [InlineData("30", Grade.C)]
    [InlineData("20", Grade.D)]
    [InlineData("19.999", Grade.F)]
    [InlineData("0", Grade.F)]
    public void Grades_begin_at_their_lower_bounds(string composite, Grade grade) =>
        Assert.Equal(grade, GradeScale.Of(decimal.Parse(composite)));

    [Fact]
    public void A_missing_required_metric_leaves_a_version_ungraded_and_says_which()
    {
        var result = GradePolicy.Agent.Grade(new Dictionary<string, double> { ["reward_bps"] = 500 });

        Assert.Null(result.Grade);
        Assert.Null(result.Composite);
        Assert.Equal("missing sharpe, max_drawdown", result.Reason);
        Assert.Equal("ungraded", result.Text);
    }

    [Fact]
    public void A_missing_optional_metric_is_left_out_of_the_mean()
    {
        var without = GradePolicy.CnnLstm.Grade(new Dictionary<string, double> { ["accuracy"] = .725 });
        var with = GradePolicy.CnnLstm.Grade(
            new Dictionary<string, double> { ["accuracy"] = .725, ["loss"] = .01 });

        Assert.Equal(50, without.Composite);
        Assert.Equal(75, with.Composite);
    }

    [Fact]
    public void A_value_that_is_not_finite_scores_nothing_and_is_named()
    {
        var result = GradePolicy.CnnLstm.Grade(new Dictionary<string, double> { ["accuracy"] = double.NaN });

        Assert.Equal(Grade.F, result.Grade);
        Assert.Equal("not finite, scored 0: accuracy", result.Reason);
        Assert.Null(result.Scores.Single().Value);
    }

    [Fact]
    public void A_better_metric_never_gives_a_worse_grade()
    {
        var better = Prop.ForAll<NormalFloat, NormalFloat>((first, second) =>
        {
            var (low, high) = (Math.Min(first.Get, second.Get), Math.Max(first.Get, second.Get));
            return GradeOf(sharpe: low, drawdown: high) <= GradeOf(sharpe: high, drawdown: low);
        });

        Check.One(Config.QuickThrowOnFailure.WithReplay(1, 1), better);
    }

    private static Grade GradeOf(double sharpe, double drawdown) =>
        GradePolicy.Agent.Grade(new Dictionary<string, double>
        {
            ["reward_bps"] = 500,
            ["sharpe"] = sharpe,
            ["max_drawdown"] = drawdown,
        }).Grade!.Value;
}
