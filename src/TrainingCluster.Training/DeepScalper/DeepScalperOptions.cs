using TrainingCluster.Training.Dqn;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Replay;
using TrainingCluster.Training.Schedules;

namespace TrainingCluster.Training.DeepScalper;

/// <summary>Settings of DeepScalper.</summary>
public sealed record DeepScalperOptions
{
    /// <summary>The published sizes: 200,000 steps, batches of 256 from 500,000 transitions, rate
    /// 3e-4.</summary>
    public OffPolicyOptions Learning { get; init; } = new()
    {
        TotalSteps = 200_000,
        LearningStarts = 1000,
        BatchSize = 256,
        LearningRate = new ConstantSchedule(3e-4),
        MaximumGradientNorm = 10,
        Replay = new ReplayOptions { Capacity = 500_000, Priorities = new PriorityOptions() },
    };

    /// <summary>Widths of the encoder of the window of bars.</summary>
    public ImmutableArray<int> MicroEncoder { get; init; } = [128, 64];

    /// <summary>Widths of the encoder of indicators and the agent's own entries.</summary>
    public ImmutableArray<int> MacroEncoder { get; init; } = [64, 32];

    /// <summary>Widths of the layers that both encodings go through together.</summary>
    public ImmutableArray<int> Trunk { get; init; } = [128];

    /// <summary>Hidden widths of value, branches and auxiliary head.</summary>
    public ImmutableArray<int> Head { get; init; } = [64];

    /// <summary>w of the hindsight bonus; 0: none.</summary>
    public double HindsightWeight { get; init; } = 0.5;

    /// <summary>h of the hindsight bonus, in bars.</summary>
    public int HindsightBars { get; init; } = 30;

    /// <summary>η of the auxiliary loss; 0: there is no auxiliary head.</summary>
    public double AuxiliaryWeight { get; init; } = 0.1;

    /// <summary>Next bars whose volatility the auxiliary head predicts.</summary>
    public int VolatilityBars { get; init; } = 30;

    public long TargetEverySteps { get; init; } = 1000;

    public double TargetShare { get; init; } = 1;

    /// <summary>Probability of a random choice on each branch; falls over 150,000 steps.</summary>
    public Schedule Exploration { get; init; } = new LinearSchedule(1, 0.05, 150_000);

    /// <exception cref="ArgumentException">A rule is broken; the message lists all violations.</exception>
    public DeepScalperOptions Validated()
    {
        OffPolicyOptions.Refuse("DeepScalper", Violations());
        return this;
    }

    /// <summary>The branching dueling Q-network underneath.</summary>
    public DqnOptions Values(DeepScalperLayout layout) => new()
    {
        Learning = Learning,
        Encoders = [layout.Micro.Through(MicroEncoder), layout.Macro.Through(MacroEncoder)],
        Trunk = Trunk,
        Head = Head,
        Double = true,
        Dueling = true,
        TargetEverySteps = TargetEverySteps,
        TargetShare = TargetShare,
        Exploration = Exploration,
        ScaleTrunkGradient = true,
    };

    private IEnumerable<string> Violations()
    {
        (string Name, double Value, double Lowest)[] floors =
        [
            ("hindsight_weight", HindsightWeight, 0),
            ("hindsight_bars", HindsightBars, 1),
            ("auxiliary_weight", AuxiliaryWeight, 0),
            ("volatility_bars", VolatilityBars, 2),
        ];
        var unencoded = Values(new DeepScalperLayout(default, default, 0)) with { Encoders = [] };
        return floors.Where(floor => !(floor.Value >= floor.Lowest && double.IsFinite(floor.Value)))
            .Select(floor => $"{floor.Name} is {floor.Value}; it must be at least {floor.Lowest}")
            .Concat(unencoded.Violations());
    }
}
