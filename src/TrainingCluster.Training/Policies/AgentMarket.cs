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
    PreparedData Data, SavedPipeline State, PolicyObservation Observation, MarketDynamics Dynamics)
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
        var market = Open(context, encoder, SavedPipeline.Of(ModelPipelines.State(
            template, context.Request.Bars, encoder.Config.Preprocessor.Pipeline.Fitted)));
        var outputs = OutOfFoldOutputs.Load(context.Input(InputRoles.OutOfFold), context.Request.Bars.Digest);
        var train = PreparedData.AllBars(market.Data.Split.Train);
        if (!outputs.Bars.SequenceEqual(train))
        {
            throw new JobInputException(
                $"job {context.Spec.Id} trains on bars {market.Data.Split.Train}, but the out-of-fold "
                + $"outputs are of {outputs.Bars.Length} other bars; train the encoder again");
        }

        market.SetLogits(train.AsSpan(), outputs.Logits);
        ImmutableArray<int> unseen =
            [.. PreparedData.AllBars(market.Data.Split.Validation),
            .. PreparedData.AllBars(market.Data.Split.Test)];
        market.SetLogits(unseen.AsSpan(), encoder.Logits(market.Data.Windows, unseen.AsSpan()));
        return market;
    }

    /// <summary>The encoder among the inputs.</summary>
    public static EncoderModel LoadEncoder(StageContext context) =>
        EncoderModel.Load(context.Input(InputRoles.Encoder));

    /// <summary>Without any encoder outputs yet: a hybrid computes its own.</summary>
    public static AgentMarket Open(StageContext context, EncoderModel encoder, SavedPipeline state)
    {
        var strategy = context.Spec.Strategy
            ?? throw new JobInputException($"job {context.Spec.Id} names no strategy; an agent needs one");
        var preprocessor = encoder.Config.Preprocessor;
        var data = DataPreparation.Prepare(context.Request.Bars, strategy, preprocessor.Window, preprocessor);
        preprocessor.Pipeline.FittedBefore(data.Bars, data.Split.Validation.Start);
        state.FittedBefore(data.Bars, data.Split.Validation.Start);
        return For(data, state, context.Spec.FeeRatio);
    }

    /// <summary>The game on prepared data, its encoder entries still 0.</summary>
    /// <exception cref="FeatureSchemaException">The bars have other columns than the agent was fitted
    /// on.</exception>
    /// <exception cref="PreprocessorMismatchException">The agent's columns are not yet defined where training
    /// begins.</exception>
    public static AgentMarket For(PreparedData data, SavedPipeline state, double feeRatio)
    {
        var matrix = state.Fitted.Transform(data.Bars, ModelPipelines.Catalogue);
        if (matrix.FirstValidRow > data.Split.Train.Start)
        {
            throw new PreprocessorMismatchException(
            [
                $"the agent's columns are complete from bar {matrix.FirstValidRow} on; training begins at bar "
                + data.Split.Train.Start,
            ]);
        }

        var observation = new PolicyObservation(matrix.Names);
        var observed = observation.Build(data.Bars, data.Signals, matrix);
        var columns = new MarketColumns(data.Bars, observed, data.Signals.Direction, new CostModel(feeRatio));
        return new AgentMarket(data, state, observation, new MarketDynamics(columns));
    }

    /// <summary>Writes logits [bar, 4] into what is seen of the bars.</summary>
    public void SetLogits(ReadOnlySpan<int> bars, ReadOnlySpan<float> logits) =>
        Observation.SetLogits(Observed, bars, logits, Data.Signals.Direction);

    /// <summary>Writes a network's outputs into what is seen of the bars.</summary>
    public void SetLogits(CnnLstmNetwork network, ImmutableArray<int> bars) =>
        SetLogits(bars.AsSpan(), EncoderInference.Logits(network, Data.Windows, bars.AsSpan()));
}
