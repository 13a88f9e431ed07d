using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.OffPolicy;

namespace TrainingCluster.Training.Agents;

/// <summary>The rounds of a learner from replay, counted.</summary>
internal sealed class ReplayRounds(HyperParameters values)
{
    private readonly OffPolicyOptions _learning = ReplayBudgets.Learning(values, null);
    private readonly int _validateEvery = Math.Max(1, values.Whole("validate_every"));
    private readonly long _steps = (long)values.Whole("episodes") * values.Whole("rollout_steps");

    /// <summary>Updates of the whole training: none in rounds that end before learning starts.</summary>
    public long TotalUpdates =>
        (Rounds(_learning.TotalSteps) - Math.Max(1, Rounds(_learning.LearningStarts)) + 1)
        * _learning.UpdatesPerRound;

    /// <summary>Whether the validation window is looked at after so many rounds.</summary>
    public bool IsDue(long rounds) => rounds % _validateEvery == 0;

    /// <summary>That the schedule sets after so many steps.</summary>
    public double LearningRate(long steps) => _learning.LearningRate.At(steps);

    /// <summary>Rounds that so many steps take.</summary>
    public int Of(long steps) => (int)Rounds(steps);

    private long Rounds(long steps) => (steps + _steps - 1) / _steps;
}
