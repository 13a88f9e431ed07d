using System.Globalization;
using TrainingCluster.Features.Splits;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.Evaluation;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;
using TrainingCluster.Training.Recovery;
using TrainingCluster.Training.Supervised;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// Trains a strategy's encoder. First the encoder itself, on the whole training window, stopped early on
/// validation; then one encoder for each purged fold, for as many epochs as the first one's best, whose
/// outputs on the held bars are what policies train on. Equal epochs keep the logits of folds and encoder on
/// one scale without a further choice.
/// </summary>
internal sealed class CnnLstmJob : IStageJob
{
    private const int ReportEveryBatches = 20;

    public JobOutput Run(StageContext context)
    {
        var options = CnnLstmOptions.From(context.HyperParameters);
        context.Report("prepare", 0, 1);
        var data = DataPreparation.Prepare(
            context.Request.Bars, context.Strategy("an encoder"), options.Window,
            template: context.Spec.Preprocessing);
        data = options.MetaLabels ? SetUpLabels.Of(data, context.Spec.Costs) : data;
        var folds = AlignedFolds.Create(
            data.Panel, data.Bars(split => split.Train), options.Folds,
            [.. data.Markets.Select(market => market.Labels)],
            Embargo.Bars(options.Window, data.Matrix.FirstValidRow));

        if (options.MetaLabels)
        {
            SetUpLabels.Require(data, folds, data.Preprocessor.Strategy);
        }

        RequireBatch(options, data, folds);
        var start = TransferredEncoder.Start(context, options, data);

        var state = context.Checkpoints.Restored is { } bytes
            ? CnnLstmJobState.Parse(bytes)
            : CnnLstmJobState.Start(data.Train.Length);
        while (state.Cursor.Phase <= folds.Length)
        {
            state = RunPhase(context, options, new(data, folds, start), state);
            context.Checkpoints.StepDone(state.Cursor.Step, state.ToBytes);
        }

        return CnnLstmResult.Build(context, options, data, state);
    }

    private static CnnLstmJobState RunPhase(
        StageContext context,
        CnnLstmOptions options,
        FitData fit,
        CnnLstmJobState state)
    {
        var (data, folds, _) = fit;
        var phase = PhaseName(state.Cursor.Phase, folds.Length);
        using var learner = Learner(context.Seed, options, fit, state);
        var epochs = state.Cursor.Phase == 0 ? options.Epochs : state.Cursor.Epochs;
        var total = (long)learner.BatchesPerEpoch * epochs;
        var cursor = state.Cursor;
        var done = (long)learner.EpochsDone * learner.BatchesPerEpoch;
        while (!learner.Finished)
        {
            var control = StepControl.For(context, cursor.Step, phase);
            var epoch = learner.Step(control);
            done++;
            cursor = cursor with
            {
                Step = cursor.Step + 1,
                Events = cursor.Events.AddRange(RecoveryEvents.At(context.Recovery, cursor.Step, phase)),
            };
            Report(context, phase, done, total, epoch);
            if (!learner.Finished)
            {
                context.Checkpoints.StepDone(
                    cursor.Step,
                    () => (state with { Cursor = cursor, Learner = learner.Capture() }).ToBytes());
            }
        }

        return Finish(data, folds, state with { Cursor = cursor, Learner = null }, learner, phase);
    }

    private static CnnLstmJobState Finish(
        PreparedMarkets data,
        ImmutableArray<AlignedFold> folds,
        CnnLstmJobState state,
        CnnLstmLearner learner,
        string phase)
    {
        var cursor = state.Cursor with
        {
            Phase = state.Cursor.Phase + 1,
            Curves = state.Cursor.Curves.AddRange(Curves(phase, learner.History)),
        };
        if (state.Cursor.Phase == 0)
        {
            var best = Math.Max(1, learner.Stopping.BestEpoch);
            var stopped = learner.EpochsDone > best;
            return state with
            {
                FinalWeights = learner.BestWeights,
                Cursor = cursor with
                {
                    Epochs = best,
                    Events = stopped
                        ? cursor.Events.Add(new TrainingEvent(cursor.Step, phase, "best_epoch_restored",
                            string.Create(CultureInfo.InvariantCulture,
                                $"epoch {best} of {learner.EpochsDone} had the lowest validation loss")))
                        : cursor.Events,
                },
            };
        }

        var held = folds[state.Cursor.Phase - 1].Held;
        float[] outOfFold = [.. state.OutOfFold];
        var logits = learner.BestLogits(held.AsSpan());
        for (var i = 0; i < held.Length; i++)
        {
            logits.AsSpan(i * CnnLstmArchitecture.Outputs, CnnLstmArchitecture.Outputs)
                .CopyTo(outOfFold.AsSpan(data.Train.BinarySearch(held[i]) * CnnLstmArchitecture.Outputs));
        }

        return state with { OutOfFold = outOfFold, Cursor = cursor };
    }

    private static CnnLstmLearner Learner(
        Seed seed,
        CnnLstmOptions options,
        FitData fit,
        CnnLstmJobState state)
    {
        var (data, folds, start) = fit;
        var phase = state.Cursor.Phase;
        if (phase == 0)
        {
            var train = ToFit(options, data, data.Train);
            var validation = LabelledBars.ForValidation(
                data.Labels, data.Validation, train.Bars, options.BarrierWeight);
            return new CnnLstmLearner(
                options, data.Windows, train, validation, seed.For("fit"), state.Learner, start);
        }

        return new CnnLstmLearner(
            options with { Epochs = state.Cursor.Epochs },
            data.Windows,
            ToFit(options, data, folds[phase - 1].TrainRows),
            null,
            seed.For(string.Create(CultureInfo.InvariantCulture, $"fold {phase}")),
            state.Learner,
            start);
    }

    private static LabelledBars ToFit(CnnLstmOptions options, PreparedMarkets data, ImmutableArray<int> rows) =>
        LabelledBars.ForTraining(
            data.Labels, rows, options.BarrierWeight, data.Panel.TimeOf,
            options.MetaLabels ? row => SetUpLabels.Span(data, row) : null);

    /// <summary>A small market's batch is all it has; one that was made larger on purpose has to fit.</summary>
    /// <exception cref="JobInputException">A fit would have fewer samples than a batch.</exception>
    private static void RequireBatch(
        CnnLstmOptions options, PreparedMarkets data, ImmutableArray<AlignedFold> folds)
    {
        var fewest = folds.Select(fold => fold.TrainRows.Count(row => data.Labels.Valid[row]))
            .Append(data.Train.Count(row => data.Labels.Valid[row]))
            .Min();
        if (options.Batch > CnnLstmBudgets.StandardBatch && fewest < options.Batch)
        {
            throw new JobInputException(
                $"a batch is {options.Batch} windows, but the smallest fit has {fewest} labelled bars; "
                + $"set cnn_lstm.batch to {fewest} or less, or give more bars");
        }
    }

    private static string PhaseName(int phase, int folds) =>
        phase == 0 ? "fit" : string.Create(CultureInfo.InvariantCulture, $"fold {phase}/{folds}");

    private static void Report(StageContext context, string phase, long step, long total, CnnLstmEpoch? epoch)
    {
        if (epoch is not null)
        {
            (string, double)[] values =
            [
                ("loss", epoch.Loss), ("val_loss", epoch.ValidationLoss),
                ("accuracy", epoch.ValidationAccuracy),
                ("lr", epoch.LearningRate), ("gradient_norm", epoch.GradientNorm),
            ];
            context.Report(phase, step, total, [.. values.Where(value => double.IsFinite(value.Item2))]);
        }
        else if (step % ReportEveryBatches == 0)
        {
            context.Report(phase, step, total);
        }
    }

    private static IEnumerable<TrainingCurve> Curves(string phase, ImmutableArray<CnnLstmEpoch> history)
    {
        ImmutableArray<long> steps = [.. history.Select(epoch => epoch.Step)];
        TrainingCurve Curve(string name, Func<CnnLstmEpoch, double> value) => new(
            phase,
            name,
            steps,
            [.. history.Select(epoch => double.IsFinite(value(epoch)) ? value(epoch) : (double?)null)]);

        return
        [
            Curve("loss", epoch => epoch.Loss),
            Curve("validation_loss", epoch => epoch.ValidationLoss),
            Curve("validation_accuracy", epoch => epoch.ValidationAccuracy),
            Curve("learning_rate", epoch => epoch.LearningRate),
            Curve("gradient_norm", epoch => epoch.GradientNorm),
        ];
    }
}

/// <summary>What every phase of a job reads.</summary>
/// <param name="Start">Where weights are taken over from another encoder; null to draw them.</param>
internal sealed record FitData(PreparedMarkets Data, ImmutableArray<AlignedFold> Folds, FitStart? Start);
