using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Schedules;

namespace TrainingCluster.Training.OffPolicy;

/// <summary>What all learners from replay have in common. Steps count over all episodes.</summary>
public sealed record OffPolicyOptions
{
    /// <summary>Steps after which training ends; rounded up to whole rounds.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>Steps of random play before the first update.</summary>
    public long LearningStarts { get; init; } = 1000;

    /// <summary>Steps of each episode in a round.</summary>
    public int StepsPerRound { get; init; } = 1;

    /// <summary>Updates after a round's steps.</summary>
    public int UpdatesPerRound { get; init; } = 1;

    /// <summary>Transitions of an update.</summary>
    public int BatchSize { get; init; } = 256;

    public ReplayOptions Replay { get; init; } = new();

    /// <summary>By steps over all episodes.</summary>
    public Schedule LearningRate { get; init; } = new ConstantSchedule(3e-4);

    /// <summary>Largest norm of a gradient; a longer one is scaled down. Infinity: as it is.</summary>
    public double MaximumGradientNorm { get; init; } = double.PositiveInfinity;

    public double AdamEpsilon { get; init; } = 1e-8;

    /// <summary>Scale observations by the statistics of all that were met, also those drawn from
    /// replay.</summary>
    public bool NormalizeObservations { get; init; }

    /// <summary>What is wrong, one sentence a rule.</summary>
    public IEnumerable<string> Violations()
    {
        (string Name, double Value, double Lowest)[] floors =
        [
            ("total_steps", TotalSteps, 1),
            ("learning_starts", LearningStarts, 0),
            ("steps_per_round", StepsPerRound, 1),
            ("updates_per_round", UpdatesPerRound, 1),
            ("batch_size", BatchSize, 1),
        ];
        var violations = floors.Where(floor => !(floor.Value >= floor.Lowest))
            .Select(floor => $"{floor.Name} is {floor.Value}; it must be at least {floor.Lowest}");
        if (!(MaximumGradientNorm > 0))
        {
            violations = violations.Append(
                $"maximum_gradient_norm is {MaximumGradientNorm}; it must be above 0");
        }

        if (BatchSize > Replay.Capacity)
        {
            violations = violations.Append(
                $"batch_size is {BatchSize}, but the replay holds {Replay.Capacity} transitions; "
                + "a batch must not be larger");
        }

        if (!(AdamEpsilon > 0))
        {
            violations = violations.Append($"adam_epsilon is {AdamEpsilon}; it must be above 0");
        }

        return violations.Concat(Replay.Violations()).Concat(Range("learning_rate", LearningRate, 1));
    }

    /// <summary>What is wrong with the first and the last value of a schedule.</summary>
    internal IEnumerable<string> Range(string name, Schedule schedule, double highest) =>
        new[] { schedule.At(0), schedule.At(TotalSteps) }.Where(value => !(value >= 0 && value <= highest))
            .Select(value => $"{name} is {value} at one end of the training; it must lie in 0 to {highest}");

    /// <exception cref="ArgumentException">There are violations; the message lists all of them.</exception>
    internal static void Refuse(string learner, IEnumerable<string> violations)
    {
        var list = violations.ToArray();
        if (list.Length > 0)
        {
            throw new ArgumentException(
                $"these {learner} settings cannot be used:\n  " + string.Join("\n  ", list));
        }
    }
}
