using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.Policies;

/// <summary>The market of one strategy as an agent meets it: prepared data, and what is seen of each bar.</summary>
/// <param name="Encoder">Null where an agent reads no stored encoder.</param>
internal sealed record AgentMarket(PreparedData Data, EncoderModel Encoder, MarketDynamics Dynamics)
{
    private float[] Observed => Dynamics.Columns.Observed;

    /// <summary>
    /// The encoder's outputs on validation and test, and its purged out-of-fold outputs on the training window: there the
    /// encoder itself is too good, because it was fitted on those labels.
    /// </summary>
    /// <exception cref="JobInputException">The encoder or its outputs are not among the inputs.</exception>
    public static AgentMarket ForAgent(StageContext context)
    {
        var market = Open(context);
        var outputs = OutOfFoldOutputs.Load(context.Input(InputRoles.OutOfFold), context.Request.Bars.Digest);
        var train = PreparedData.AllBars(market.Data.Split.Train);
        if (!outputs.Bars.SequenceEqual(train))
        {
            throw new JobInputException(
                $"job {context.Spec.Id} trains on bars {market.Data.Split.Train}, but the out-of-fold outputs are of "
                + $"{outputs.Bars.Length} other bars; train the encoder again");
        }

        market.SetLogits(train.AsSpan(), outputs.Logits);
        market.SetEncoderLogits([.. PreparedData.AllBars(market.Data.Split.Validation),
            .. PreparedData.AllBars(market.Data.Split.Test)]);
        return market;
    }

    /// <summary>Without any encoder outputs yet: a hybrid computes its own.</summary>
    public static AgentMarket Open(StageContext context)
    {
        var encoder = EncoderModel.Load(context.Input(InputRoles.Encoder));
        var strategy = context.Spec.Strategy
            ?? throw new JobInputException($"job {context.Spec.Id} names no strategy; an agent needs one");
        var data = DataPreparation.Prepare(
            context.Request.Bars, strategy, encoder.Config.Preprocessor.Window, encoder.Config.Preprocessor);
        return new AgentMarket(data, encoder, For(data, context.Spec.FeeRatio));
    }

    /// <summary>The game on prepared data, its encoder entries still 0.</summary>
    public static MarketDynamics For(PreparedData data, double feeRatio) => new(new MarketColumns(
        data.Bars,
        PolicyObservation.Build(data.Bars, data.Signals, data.Matrix),
        data.Signals.Direction,
        new CostModel(feeRatio)));

    /// <summary>Writes logits [bar, 4] into what is seen of the bars.</summary>
    public void SetLogits(ReadOnlySpan<int> bars, ReadOnlySpan<float> logits) =>
        PolicyObservation.SetLogits(Observed, bars, logits, Data.Signals.Direction);

    /// <summary>Writes a network's outputs into what is seen of the bars.</summary>
    public void SetLogits(CnnLstmNetwork network, ImmutableArray<int> bars) =>
        SetLogits(bars.AsSpan(), EncoderInference.Logits(network, Data.Windows, bars.AsSpan()));

    private void SetEncoderLogits(ImmutableArray<int> bars) =>
        SetLogits(bars.AsSpan(), Encoder.Logits(Data.Windows, bars.AsSpan()));
}
