using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.Evaluation;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>Turns the finished state of an encoder's job into its files, metrics and evidence.</summary>
internal static class CnnLstmResult
{
    public static JobOutput Build(
        StageContext context, CnnLstmOptions options, PreparedMarkets data, CnnLstmJobState state)
    {
        context.Report("evaluate", 0, 1);
        using var network = new CnnLstmNetwork(
            options.Architecture(data.Matrix.Columns), new RandomStream(0));
        NetworkWeights.Restore(network, state.FinalWeights);

        var validation = EncoderInference.Logits(network, data.Windows, data.Validation.AsSpan());
        var test = EncoderInference.Logits(network, data.Windows, data.Test.AsSpan());
        var validationProfit = EncoderScores.ProfitProbability(validation);
        var threshold = EncoderPolicy.ChooseThreshold(
            data, validationProfit, context.Spec.Costs, options.MetaLabels);

        double[] profit = [.. validationProfit, .. EncoderScores.ProfitProbability(test)];
        var positions = EncoderPolicy.Positions(
            data, [.. data.Validation, .. data.Test], profit, threshold, options.MetaLabels);
        var evaluation = PolicyEvaluation.Of(
            context, data, positions, Scores(options, data, state, validation, test)
                .SetItem("profit_threshold", threshold)) with
        {
            Curves = state.Cursor.Curves,
            Events = state.Cursor.Events,
        };

        var config = new EncoderConfig
        {
            Architecture = network.Architecture,
            Preprocessor = data.Preprocessor,
            ProfitThreshold = threshold,
            MetaLabels = options.MetaLabels,
            Epochs = state.Cursor.Epochs,
            Seed = context.Seed.Value,
            Data = data.Panel.Digest,
            Spec = context.Checkpoints.SpecDigest,
            NumericProfile = context.Checkpoints.Profile.Fingerprint,
        };
        var outOfFold = new OutOfFoldOutputs(
            data.Train, state.OutOfFold, data.Panel.Digest);
        return new JobOutput(
            [
                new JobFile(FileRoles.Model, EncoderModel.ToArtifact(network, config).ToBytes()),
                new JobFile(FileRoles.OutOfFold, outOfFold.ToArtifact().ToBytes()),
            ],
            PolicyEvaluation.Metrics(evaluation),
            evaluation);
    }

    private static ImmutableSortedDictionary<string, double?> Scores(
        CnnLstmOptions options, PreparedMarkets data, CnnLstmJobState state, float[] validation, float[] test)
    {
        ImmutableArray<int> train = [.. data.Train.Where(row => data.Labels.Valid[row])];
        LabelledBars Samples(ImmutableArray<int> bars) =>
            LabelledBars.ForValidation(data.Labels, bars, train, options.BarrierWeight);

        var (trainSamples, trainLogits) = Labelled(data.Train, state.OutOfFold, Samples);
        var (validationSamples, validationLogits) =
            Labelled(data.Validation, validation, Samples);
        var (testSamples, testLogits) = Labelled(data.Test, test, Samples);
        return ImmutableSortedDictionary.CreateRange<string, double?>(StringComparer.Ordinal,
        [
            new("accuracy", EncoderScores.Accuracy(testLogits, testSamples)),
            new("loss", EncoderScores.NextBarLoss(testLogits, testSamples)),
            new("barrier_balanced_accuracy", EncoderScores.BarrierBalancedAccuracy(testLogits, testSamples)),
            new("validation_accuracy", EncoderScores.Accuracy(validationLogits, validationSamples)),
            new("validation_loss", EncoderScores.NextBarLoss(validationLogits, validationSamples)),
            new("validation_barrier_balanced_accuracy",
                EncoderScores.BarrierBalancedAccuracy(validationLogits, validationSamples)),
            new("out_of_fold_accuracy", EncoderScores.Accuracy(trainLogits, trainSamples)),
            new("epochs", state.Cursor.Epochs),
        ]);
    }

    /// <summary>Those of the logits whose rows have labels.</summary>
    private static (LabelledBars Samples, float[] Logits) Labelled(
        ImmutableArray<int> rows, float[] logits, Func<ImmutableArray<int>, LabelledBars> samples)
    {
        var labelled = samples(rows);
        var chosen = new float[labelled.Count * CnnLstmArchitecture.Outputs];
        for (var i = 0; i < labelled.Count; i++)
        {
            var row = rows.BinarySearch(labelled.Bars[i]) * CnnLstmArchitecture.Outputs;
            logits.AsSpan(row, CnnLstmArchitecture.Outputs)
                .CopyTo(chosen.AsSpan(i * CnnLstmArchitecture.Outputs));
        }

        return (labelled, chosen);
    }
}
