using System.Text.Json;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.LearningTests.Recovery;

public sealed class RecoveryPlanSpecs
{
    [Fact]
    public void The_first_fault_skips_its_batch_and_changes_nothing_else()
    {
        var plan = RecoveryPlan.None.Next(Fault(30));

        Assert.True(plan.Skips(30));
        Assert.False(plan.Skips(29));
        Assert.Equal(1, plan.LearningRateScaleAt(1_000_000));
        Assert.Equal(1, plan.ClipScaleAt(1_000_000));
        Assert.False(plan.Exhausted);
    }

    [Fact]
    public void A_second_fault_within_a_thousand_steps_halves_the_rate_from_there_on()
    {
        var plan = RecoveryPlan.None.Next(Fault(30)).Next(Fault(1030));

        Assert.Equal([30, 1030], plan.SkippedSteps);
        Assert.Equal(1, plan.LearningRateScaleAt(1029));
        Assert.Equal(0.5, plan.LearningRateScaleAt(1030));
        Assert.Equal(1, plan.ClipScaleAt(1030));
    }

    [Fact]
    public void A_third_fault_tightens_the_clip_too()
    {
        var plan = RecoveryPlan.None.Next(Fault(30)).Next(Fault(31)).Next(Fault(40));

        Assert.Equal(0.5, plan.LearningRateScaleAt(31));
        Assert.Equal(1, plan.ClipScaleAt(39));
        Assert.Equal(0.5, plan.ClipScaleAt(40));
        Assert.False(plan.Exhausted);
    }

    [Fact]
    public void A_fourth_fault_ends_the_job()
    {
        var plan = RecoveryPlan.None.Next(Fault(30)).Next(Fault(31)).Next(Fault(40)).Next(Fault(41));

        Assert.True(plan.Exhausted);
    }

    [Fact]
    public void A_fault_far_from_the_last_one_starts_on_the_first_rung()
    {
        var plan = RecoveryPlan.None.Next(Fault(30)).Next(Fault(1031));

        Assert.Equal(1, plan.Rung);
        Assert.Equal(1, plan.LearningRateScaleAt(1031));
    }

    [Fact]
    public void A_plan_survives_json()
    {
        var plan = RecoveryPlan.None.Next(Fault(30)).Next(Fault(31));

        var read = JsonSerializer.Deserialize<RecoveryPlan>(JsonSerializer.Serialize(plan))!;

        Assert.Equal(plan.SkippedSteps, read.SkippedSteps);
        Assert.Equal(plan with { SkippedSteps = read.SkippedSteps }, read);
    }

    private static NumericalInstabilityException Fault(long step) => new(step, "the loss in fit");
}
