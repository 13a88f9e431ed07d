using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.Policies;

/// <summary>
/// The market of one strategy as an agent meets it: prepared data, and what is seen of each bar.
/// </summary>
/// <param name="Data">Prepared by the encoder's preprocessor.</param>
/// <param name="State">What makes the rest of what is seen.</param>
/// <param name="Observation">The layout of what is seen.</param>
/// <param name="Dynamics">The game.</param>
internal sealed record AgentMarket(
    PreparedMarkets Data, SavedPipelines State, PolicyObservation Observation, MarketDynamics Dynamics)
{
    private float[] Observed => Dynamics.Columns.Observed;

    /// <summary>
    /// The encoder's outputs on validation and test, and its purged out-of-fold outputs on the training
    /// window: there the encoder itself is too good, because it was fitted on those labels.
    /// </summary>
    /// <exception cref="JobInputException">The encoder or its outputs are not among the inputs.</exception>
    public static AgentMarket ForAgent(StageContext context)
    {
        var encoder = LoadEncoder(context);
        var template = context.Spec.Preprocessing
            ?? throw new JobInputException($"job {context.Spec.Id} has no preprocessing; an agent needs it");
        var market = Open(context, encoder, ModelPipelines.State(
            template, context.Request.Bars, encoder.Config.Preprocessor.Pipelines));
        var outputs = OutOfFoldOutputs.Load(context.Input(InputRoles.OutOfFold), context.Request.Bars.Digest);
        var train = market.Data.Train;
        if (!outputs.Bars.SequenceEqual(train))
        {
            throw new JobInputException(
                $"job {context.Spec.Id} trains on {train.Length} bars, but the out-of-fold "
                + $"outputs are of {outputs.Bars.Length} other bars; train the encoder again");
        }

        market.SetLogits(train.AsSpan(), outputs.Logits);
        ImmutableArray<int> unseen = [.. market.Data.Validation, .. market.Data.Test];
        market.SetLogits(unseen.AsSpan(), encoder.Logits(market.Data.Windows, unseen.AsSpan()));
        return market;
    }

    /// <summary>The encoder among the inputs.</summary>
    public static EncoderModel LoadEncoder(StageContext context) =>
        EncoderModel.Load(context.Input(InputRoles.Encoder));

    /// <summary>Without any encoder outputs yet: a hybrid computes its own.</summary>
    public static AgentMarket Open(StageContext context, EncoderModel encoder, SavedPipelines state)
    {
        var preprocessor = encoder.Config.Preprocessor;
        var data = DataPreparation.Prepare(
            context.Request.Bars, context.Strategy("an agent"), preprocessor.Window, preprocessor);
        foreach (var market in data.Markets)
        {
            var validation = market.Split.Validation.Start;
            preprocessor.Pipelines.Of(market.Bars.Symbol).FittedBefore(market.Bars, validation);
            state.Of(market.Bars.Symbol).FittedBefore(market.Bars, validation);
        }

        return For(data, state, context.Spec.Costs);
    }

    /// <summary>The game on prepared data, its encoder entries still 0.</summary>
    /// <exception cref="FeatureSchemaException">The bars have other columns than the agent was fitted
    /// on.</exception>
    /// <exception cref="PreprocessorMismatchException">The agent's columns are not yet defined where the encoder's
    /// first window ends.</exception>
    public static AgentMarket For(PreparedMarkets data, SavedPipelines state, CostModel costs)
    {
        var observation = new PolicyObservation(state.All.Fitted.Outputs);
        var observed = new float[data.Panel.Count * observation.Width];
        int[] shaping = [.. Enumerable.Range(0, state.All.Fitted.Outputs.Length).Where(column =>
            state.All.Fitted.Outputs[column].StartsWith(RewardShaping.ColumnPrefix, StringComparison.Ordinal))];
        var trend = shaping.Length == 0 ? null : new float[data.Panel.Count];
        foreach (var (market, start) in data.Markets.Zip(data.Panel.Starts))
        {
            var matrix = Seen(market, state.Of(market.Bars.Symbol).Fitted);
            observation.Build(market.Bars, market.Signals, matrix).CopyTo(observed, start * observation.Width);
            for (var row = 0; trend is not null && row < matrix.Rows; row++)
            {
                foreach (var column in shaping)
                {
                    trend[start + row] += matrix.Row(row)[column] / shaping.Length;
                }
            }
        }

        var columns = new MarketColumns(data.Panel, observed, data.Direction, costs) { Trend = trend };
        return new AgentMarket(data, state, observation, new MarketDynamics(columns));
    }

    /// <summary>That rewards can be shaped where they are to be.</summary>
    /// <exception cref="JobInputException">The agent's pipeline has nothing to shape them by.</exception>
    public AgentMarket Shapeable(StageContext context) =>
        RewardShaping.From(context.HyperParameters) is not { } shaping || Dynamics.Columns.Trend is not null ? this
        : throw new JobInputException(
            $"job {context.Spec.Id} has a {RewardShaping.WeightName} of {shaping.Weight}, but the agent's "
            + $"pipeline has no step '{RewardShaping.Step}'; add the step and train the agent, or set the weight to 0");

    private static FeatureMatrix Seen(PreparedData market, FittedPipeline state)
    {
        var matrix = state.Transform(market.Bars, ModelPipelines.Catalogue);
        return matrix.FirstValidRow <= market.Windows.FirstEnd ? matrix : throw new PreprocessorMismatchException(
        [
            $"the agent's columns are complete from bar {matrix.FirstValidRow} on; its encoder's first window ends at "
            + $"bar {market.Windows.FirstEnd}",
        ]);
    }

    /// <summary>Writes logits [bar, 4] into what is seen of the bars.</summary>
    public void SetLogits(ReadOnlySpan<int> bars, ReadOnlySpan<float> logits) =>
        Observation.SetLogits(Observed, bars, logits, Data.Direction);

    /// <summary>Writes a network's outputs into what is seen of the bars.</summary>
    public void SetLogits(CnnLstmNetwork network, ImmutableArray<int> bars) =>
        SetLogits(bars.AsSpan(), EncoderInference.Logits(network, Data.Windows, bars.AsSpan()));
}
