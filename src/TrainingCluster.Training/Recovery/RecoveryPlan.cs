using System.Text.Json.Serialization;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Recovery;

/// <summary>
/// What a job does differently after numerical faults. The ladder: after the first the batch is skipped;
/// after a second within <see cref="WindowSteps"/> steps of it the learning rate is halved as well; after a
/// third the clip is halved too; after <see cref="MaximumAttempts"/> faults the job fails. A change of scale
/// begins at the step of the fault that caused it, never at the checkpoint from which the job happens to
/// start again: so where checkpoints lie, which depends on the clock, changes nothing.
/// </summary>
/// <param name="Attempt">Faults so far; 0 is the plan of a healthy job.</param>
/// <param name="SkippedSteps">Steps that draw their batch and make no update.</param>
/// <param name="LearningRateScale">Factor on the learning rate from <see cref="LearningRateFrom"/>
/// on.</param>
/// <param name="ClipScale">Factor on the largest gradient norm from <see cref="ClipFrom"/> on.</param>
public sealed record RecoveryPlan(
    int Attempt,
    ImmutableSortedSet<long> SkippedSteps,
    double LearningRateScale,
    double ClipScale)
{
    /// <summary>Restarts that a job gets.</summary>
    public const int MaximumAttempts = 3;

    /// <summary>
    /// Faults further apart than this are separate stories: the ladder starts at its first rung.
    /// </summary>
    public const int WindowSteps = 1000;

    private const double Halved = 0.5;

    public static RecoveryPlan None { get; } = new(0, [], 1, 1);

    /// <summary>First step with the scaled learning rate.</summary>
    public long LearningRateFrom { get; init; } = long.MaxValue;

    /// <summary>First step with the scaled clip.</summary>
    public long ClipFrom { get; init; } = long.MaxValue;

    /// <summary>The rung of the ladder that the last fault reached, 1 to 3; 0 before any.</summary>
    public int Rung { get; init; }

    /// <summary>
    /// How often the job ran out of memory: each time halves its batch, and from the second on it computes on the CPU.
    /// </summary>
    public int MemoryFaults { get; init; }

    /// <summary>The job has had all its restarts: it must not run again.</summary>
    [JsonIgnore]
    public bool Exhausted => Attempt > MaximumAttempts;

    /// <summary>The plan for the next attempt.</summary>
    public RecoveryPlan Next(NumericalInstabilityException e)
    {
        var near = !SkippedSteps.IsEmpty && SkippedSteps.Any(step => Math.Abs(e.Step - step) <= WindowSteps);
        var rung = near ? Math.Min(Rung + 1, 3) : 1;
        var plan = this with { Attempt = Attempt + 1, SkippedSteps = SkippedSteps.Add(e.Step), Rung = rung };

        if (rung >= 2 && plan.LearningRateFrom == long.MaxValue)
        {
            plan = plan with { LearningRateScale = Halved, LearningRateFrom = e.Step };
        }

        if (rung >= 3 && plan.ClipFrom == long.MaxValue)
        {
            plan = plan with { ClipScale = Halved, ClipFrom = e.Step };
        }

        return plan;
    }

    /// <summary>The numbers of a job that has to do with less memory. Another batch makes other bytes.</summary>
    public HyperParameters Fit(HyperParameters numbers)
    {
        foreach (var name in (string[])["batch", "mini_batch"])
        {
            if (MemoryFaults > 0 && numbers.Values.ContainsKey(name))
            {
                numbers = numbers.With(name, Math.Max(1, numbers.Whole(name) >> Math.Min(MemoryFaults, 30)));
            }
        }

        return MemoryFaults > 1 && numbers.Values.ContainsKey("device") ? numbers.With("device", -1) : numbers;
    }

    /// <summary>True where the step draws its batch and leaves the weights alone.</summary>
    public bool Skips(long step) => SkippedSteps.Contains(step);

    /// <summary>Factor on the learning rate at a step of the job.</summary>
    public double LearningRateScaleAt(long step) => step >= LearningRateFrom ? LearningRateScale : 1;

    /// <summary>Factor on the largest gradient norm at a step of the job.</summary>
    public double ClipScaleAt(long step) => step >= ClipFrom ? ClipScale : 1;
}
