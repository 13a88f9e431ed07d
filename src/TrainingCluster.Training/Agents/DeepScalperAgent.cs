using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Training.DeepScalper;
using TrainingCluster.Training.Dqn;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.OffPolicy;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Replay;

namespace TrainingCluster.Training.Agents;

/// <summary>
/// DeepScalper on the pipeline's market, whose decisions fill at the next open and not at limits: the branches are
/// whether to trade and how much (<see cref="MarketDynamics.Branches"/>). The micro encoder reads what the CNN-LSTM
/// makes of the window of bars, the macro encoder everything else.
/// </summary>
internal sealed class DeepScalperAgent() : ReplayAgent(
    "deepscalper", ActionMeaning.Branches, MarketDynamics.Branches.Sum())
{
    private const string AuxiliaryTensor = "policy.auxiliary.0.weight";

    protected override HyperParameters Own => HyperParameters.Of(
        ("exploration_start", 1), ("exploration_end", 0.05), ("exploration_share", 0.5), ("target_every", 1_024),
        ("hindsight_weight", 0.1), ("hindsight_bars", 5), ("auxiliary_weight", 0.1), ("volatility_bars", 10));

    protected override HyperParameters OwnTuning => Own.With("exploration_start", 0.05);

    public override OffPolicyLearner Learner(ReplaySetting setting)
    {
        var values = setting.Values;
        var hasHead = setting.Begin?.Shape.Networks.Any(network => network.Name == "policy.auxiliary") ?? true;
        var options = Options(
            ReplayBudgets.Learning(values, new PriorityOptions()), setting.Hidden) with
        {
            TargetEverySteps = values.Whole("target_every"),
            Exploration = ReplayBudgets.Exploration(values),
            HindsightWeight = values["hindsight_weight"],
            HindsightBars = values.Whole("hindsight_bars"),
            AuxiliaryWeight = hasHead ? values["auxiliary_weight"] : 0,
            VolatilityBars = values.Whole("volatility_bars"),
        };
        var environment = new BranchingMarket(setting.Episodes);
        return new DeepScalperLearner(
            options, environment, Known(setting.Market), Layout(environment.ObservationSize), setting.Seed,
            setting.Extras).Learner;
    }

    protected override IOffPolicyAlgorithm Shape(
        int observations, ImmutableArray<int> hidden, ModelArtifact artifact)
    {
        var values = Options(Acting, hidden).Values(Layout(observations));
        var shape = values.Shape(observations, MarketDynamics.Branches) with
        {
            Auxiliary = artifact.Tensors.ContainsKey(AuxiliaryTensor),
        };
        return new DqnAlgorithm(values, shape, 1, new Seed(0));
    }

    /// <summary>What hindsight may look at: rows of the training windows, each symbol's by itself. Every other row is a
    /// session of its own, so that nothing of it is looked at.</summary>
    internal static DeepScalperMarket Known(AgentMarket market)
    {
        var panel = market.Data.Panel;
        int[] sessions = [.. Enumerable.Range(0, panel.Count)];
        var windows = market.Data.Ranges(split => split.Train);
        foreach (var window in windows)
        {
            sessions.AsSpan(window.Start, window.Count).Fill(window.Start);
        }

        return new DeepScalperMarket(
            [.. panel.Symbols.SelectMany(bars => bars.Close.ToArray())], sessions,
            new(windows[0].Start, windows[^1].End));
    }

    private static DeepScalperOptions Options(OffPolicyOptions learning, ImmutableArray<int> hidden) => new()
    {
        Learning = learning,
        MicroEncoder = [hidden[0]],
        MacroEncoder = [hidden[0]],
        Trunk = [hidden[0]],
        Head = [hidden[^1]],
    };

    private static DeepScalperLayout Layout(int observations) => new(
        new EntryRange(0, PolicyObservation.EncoderEntries),
        new EntryRange(PolicyObservation.EncoderEntries, observations - PolicyObservation.EncoderEntries),
        observations - MarketDynamics.PositionEntries + 1);
}
