using TrainingCluster.Models.Values;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Schedules;

namespace TrainingCluster.Training.Dqn;

/// <summary>Settings of DQN and, over several branches, of BDQ.</summary>
public sealed record DqnOptions
{
    public required OffPolicyOptions Learning { get; init; }

    /// <summary>Widths of the rectified layers that all heads share.</summary>
    public ImmutableArray<int> Trunk { get; init; } = [64, 64];

    /// <summary>Hidden widths of every head.</summary>
    public ImmutableArray<int> Head { get; init; } = [];

    /// <summary>Perceptrons that read a part of the observation each, before the trunk.</summary>
    public ImmutableArray<EncoderSlice> Encoders { get; init; } = [];

    /// <summary>The online network chooses the next action, the target network values it.</summary>
    public bool Double { get; init; } = true;

    /// <summary>Value and advantages apart.</summary>
    public bool Dueling { get; init; } = true;

    /// <summary>Steps over all episodes between two updates of the target network.</summary>
    public long TargetEverySteps { get; init; } = 1000;

    /// <summary>Share of the way that the target network then goes towards the online one.</summary>
    public double TargetShare { get; init; } = 1;

    /// <summary>Probability of a random choice, on each branch by itself, by steps over all
    /// episodes.</summary>
    public Schedule Exploration { get; init; } = new LinearSchedule(1, 0.05, 10_000);

    /// <summary>Absolute error beyond which the loss grows linearly (Huber); infinity: a squared
    /// error.</summary>
    public double HuberWidth { get; init; } = 1;

    /// <summary>Scale what N branches and the value head send into the trunk by 1 / (N + 1), as BDQ
    /// does.</summary>
    public bool ScaleTrunkGradient { get; init; }

    /// <summary>What is wrong, one sentence a rule.</summary>
    public IEnumerable<string> Violations()
    {
        if (TargetEverySteps < 1)
        {
            yield return $"target_every_steps is {TargetEverySteps}; it must be at least 1";
        }

        if (!(TargetShare > 0 && TargetShare <= 1))
        {
            yield return $"target_share is {TargetShare}; it must lie in (0, 1]; at 0 the target network would "
                + "stay at its random start for ever";
        }

        if (!(HuberWidth > 0))
        {
            yield return $"huber_width is {HuberWidth}; it must be above 0";
        }

        foreach (var violation in Learning.Range("exploration", Exploration, 1).Concat(Learning.Violations()))
        {
            yield return violation;
        }
    }

    /// <exception cref="ArgumentException">A rule is broken; the message lists all violations.</exception>
    public DqnOptions Validated()
    {
        OffPolicyOptions.Refuse("DQN", Violations());
        return this;
    }

    /// <summary>The network for an environment.</summary>
    public BranchingNetworkOptions Shape(int observations, ImmutableArray<int> branches) =>
        new(observations, branches)
        {
            Encoders = Encoders,
            Trunk = Trunk,
            Head = Head,
            Dueling = Dueling,
        };
}
