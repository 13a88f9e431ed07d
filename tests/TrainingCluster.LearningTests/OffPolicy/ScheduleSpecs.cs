using TrainingCluster.Training.OffPolicy;

namespace TrainingCluster.LearningTests.OffPolicy;

public sealed class ScheduleSpecs
{
    [Fact]
    public void A_linear_schedule_reaches_its_end_at_its_share_and_stays()
    {
        var schedule = Schedule.Linear(1, 0.04, 0.16);

        Assert.Equal(1, schedule.At(0));
        Assert.Equal(0.52, schedule.At(0.08), 1e-12);
        Assert.Equal(0.04, schedule.At(0.16));
        Assert.Equal(0.04, schedule.At(2));
    }

    [Fact]
    public void A_cosine_schedule_is_half_way_at_half_time()
    {
        var schedule = Schedule.Cosine(0.1, 0.001);

        Assert.Equal(0.1, schedule.At(0), 1e-15);
        Assert.Equal(0.0505, schedule.At(0.5), 1e-12);
        // The first values of PyTorch's cosine with a period of five steps.
        Assert.Equal(0.0905463412215599, schedule.At(0.2), 1e-12);
        Assert.Equal(0.001, schedule.At(1));
    }
}
