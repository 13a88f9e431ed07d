using TrainingCluster.Training.Schedules;
using TrainingCluster.Training.Supervised;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>
/// At which rate a fit learns, and which of its parameters: one stage where weights were drawn, two where
/// they were taken over.
/// </summary>
/// <param name="Transferred">The weights come from another encoder: its convolutions are frozen for some
/// epochs, and tuned with the rest at a lower rate after them.</param>
internal sealed record FitStages(CnnLstmOptions Options, bool Transferred, int BatchesPerEpoch)
{
    private const int PeriodMultiple = 2;
    private const string Convolutions = "conv";

    /// <summary>The rate of the next step, before any recovery's factor.</summary>
    public double RateAt(CnnLstmCursor cursor)
    {
        var (training, epochs) = (Options.Training, (long)Options.Epochs);
        var rate = training.Schedule switch
        {
            RateSchedule.Pace when cursor.Pace is { } pace => pace.Rate,
            RateSchedule.WarmRestarts => new CosineRestartSchedule(
                Options.LearningRate, Options.MinimumLearningRate, training.Period, PeriodMultiple)
                .At(cursor.Epoch),
            RateSchedule.OneCycle => new OneCycleSchedule(
                Options.LearningRate, Math.Max(2, epochs * BatchesPerEpoch))
                .At((long)cursor.Epoch * BatchesPerEpoch + Math.Min(cursor.Batch, BatchesPerEpoch - 1)),
            _ => Options.LearningRateAt(cursor.Epoch),
        };
        return !Transferred || Frozen(cursor.Epoch) ? rate : rate * training.TuningRate;
    }

    /// <summary>The parameters that move in an epoch, counted from 0.</summary>
    public ImmutableArray<ParameterSpan> Active(ImmutableArray<ParameterSpan> layout, int epoch) =>
        Frozen(epoch)
            ? [.. layout.Where(one => !one.Name.StartsWith(Convolutions, StringComparison.Ordinal))]
            : layout;

    private bool Frozen(int epoch) => Transferred && epoch < Options.Training.FrozenEpochs;
}
