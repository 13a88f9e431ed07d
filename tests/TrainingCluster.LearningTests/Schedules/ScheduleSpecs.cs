using TrainingCluster.Training.Schedules;

namespace TrainingCluster.LearningTests.Schedules;

/// <summary>Golden numbers are those of PyTorch's schedulers.</summary>
public sealed class ScheduleSpecs
{
    [Fact]
    public void Cosine_restarts_equal_the_golden_numbers_and_come_back_to_the_base_exactly()
    {
        double[] golden =
        [
            0.1, 0.0905463412215599, 0.0657963412215599, 0.03520365877844011, 0.010453658778440109, 0.1,
            0.09757729755661011, 0.0905463412215599, 0.07959536998847742, 0.0657963412215599, 0.0505,
            0.03520365877844011, 0.021404630011522586, 0.010453658778440109, 0.0034227024433899004, 0.1,
            0.09939057285945932, 0.09757729755661011, 0.09460482294732421, 0.0905463412215599,
        ];
        var schedule = new CosineRestartSchedule(0.1, 0.001, 5, 2);

        Near(golden, schedule);
        Assert.Equal(0.1, schedule.At(5));
        Assert.Equal(0.1, schedule.At(15));
    }

    [Fact]
    public void Exponential_decay_and_one_cycle_equal_the_golden_numbers()
    {
        double[] decay =
        [
            0.1, 0.095, 0.09025, 0.0857375, 0.08145062499999998, 0.07737809374999999, 0.07350918906249998,
            0.06983372960937498, 0.06634204312890622, 0.0630249409724609,
        ];
        double[] cycle =
        [
            0.0040000000000000036, 0.013167184270002533, 0.037167184270002526, 0.06683281572999747,
            0.09083281572999748, 0.1, 0.09874640062350874, 0.09504846320134738, 0.089091617757105,
            0.0811745653949763, 0.07169430017913009, 0.06112620219362893, 0.0500002, 0.03887419780637107,
            0.028306099820869922, 0.0188258346050237, 0.010908782242895003, 0.004951936798652629,
            0.0012539993764912555, 4e-07,
        ];

        Near(decay, new ExponentialSchedule(0.1, 0.95));
        Near(cycle, new OneCycleSchedule(0.1, 20));
    }

    [Fact]
    public void A_plateau_lowers_the_rate_where_the_golden_numbers_do()
    {
        double[] measures = [1, 0.9, 0.8, 0.8, 0.8, 0.8, 0.79995, 0.8, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7];
        double[] golden =
            [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.025, 0.025];
        var (plateau, rate) = (new PlateauReduction(0.5, 2), 0.1);
        var rates = new List<double>();
        foreach (var measure in measures)
        {
            // The golden rate is the one in force when the measure came.
            rates.Add(rate);
            rate = plateau.Next(measure, rate);
        }

        Assert.Equal(golden, rates);
    }

    [Fact]
    public void Straight_lines_end_where_they_are_told_and_phases_follow_each_other()
    {
        var line = new LinearSchedule(1, 0.2, 8);
        var phases = new PhasedSchedule([(3, new ConstantSchedule(5)), (0, line)]);

        Assert.Equal([1, 0.6, 0.2, 0.2], new long[] { 0, 4, 8, 99 }.Select(line.At).Select(v => Math.Round(v, 12)));
        Assert.Equal([5, 5, 1, 0.6], new long[] { 0, 2, 3, 7 }.Select(phases.At).Select(v => Math.Round(v, 12)));
    }

    private static void Near(double[] golden, Schedule schedule)
    {
        for (var step = 0; step < golden.Length; step++)
        {
            Assert.Equal(golden[step], schedule.At(step), 1e-12);
        }
    }
}
