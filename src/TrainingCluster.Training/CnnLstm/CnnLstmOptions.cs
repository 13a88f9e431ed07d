using System.Globalization;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Supervised;

namespace TrainingCluster.Training.CnnLstm;

/// <summary>How the encoder is built and trained.</summary>
internal sealed record CnnLstmOptions
{
    /// <summary>Bars of a window.</summary>
    public required int Window { get; init; }

    /// <summary>Folds of the out-of-fold outputs, at least 2.</summary>
    public required int Folds { get; init; }

    /// <summary>Epochs at most, at least 1.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples of an epoch at most, drawn anew for each; 0: all there are.</summary>
    public required int EpochSamples { get; init; }

    /// <summary>Epochs without improvement after which the fit ends.</summary>
    public required int Patience { get; init; }

    /// <summary>A smaller fall of the validation loss is none.</summary>
    public required double MinimumImprovement { get; init; }

    /// <summary>Windows of a batch; the last batch of an epoch may hold fewer.</summary>
    public required int Batch { get; init; }

    public required double LearningRate { get; init; }

    /// <summary>Factor on the learning rate after each epoch, above 0 and at most 1.</summary>
    public required double LearningRateDecay { get; init; }

    public required double MinimumLearningRate { get; init; }

    public required double WeightDecay { get; init; }

    /// <summary>Largest global norm of the gradient.</summary>
    public required double ClipNorm { get; init; }

    /// <summary>Weight of the barrier loss against the next-bar loss.</summary>
    public required double BarrierWeight { get; init; }

    public required int Kernel { get; init; }

    public required int Stride { get; init; }

    public required int Conv1 { get; init; }

    public required int Conv2 { get; init; }

    public required int Hidden { get; init; }

    /// <summary>Learns from the strategy's set-ups alone, whether they paid; else from every bar.</summary>
    public bool MetaLabels { get; init; }

    /// <summary>How the fit computes.</summary>
    public SupervisedOptions Training { get; init; } = new();

    /// <summary>Windows that go through the network at once.</summary>
    public int LargestPass => Training.LargestPass == 0 ? Batch : Training.LargestPass;

    /// <exception cref="ArgumentException">Numbers are out of range; all are named.</exception>
    public static CnnLstmOptions From(HyperParameters values)
    {
        var options = new CnnLstmOptions
        {
            Window = values.Whole("window"),
            Folds = values.Whole("folds"),
            Epochs = values.Whole("epochs"),
            EpochSamples = values.Whole("epoch_samples"),
            Patience = values.Whole("patience"),
            MinimumImprovement = values["minimum_improvement"],
            Batch = values.Whole("batch"),
            LearningRate = values["learning_rate"],
            LearningRateDecay = values["learning_rate_decay"],
            MinimumLearningRate = values["minimum_learning_rate"],
            WeightDecay = values["weight_decay"],
            ClipNorm = values["clip_norm"],
            BarrierWeight = values["barrier_weight"],
            Kernel = values.Whole("kernel"),
            Stride = values.Whole("stride"),
            Conv1 = values.Whole("conv1"),
            Conv2 = values.Whole("conv2"),
            Hidden = values.Whole("hidden"),
            MetaLabels = values.Values.GetValueOrDefault(CnnLstmBudgets.MetaLabelsName) != 0,
            Training = SupervisedOptions.From(values),
        };
        options.Validate();
        return options;
    }

    /// <summary>The network for a number of features.</summary>
    public CnnLstmArchitecture Architecture(int features) =>
        new(features, Window, Kernel, Stride, Conv1, Conv2, Hidden);

    /// <summary>The rate in an epoch, counted from 0.</summary>
    public double LearningRateAt(int epoch) =>
        Math.Max(MinimumLearningRate, LearningRate * Math.Pow(LearningRateDecay, epoch));

    private void Validate()
    {
        var violations = new List<string>();
        void Require(bool holds, string name, double value, string rule)
        {
            if (!holds)
            {
                violations.Add(string.Create(
                    CultureInfo.InvariantCulture, $"cnn_lstm.{name} is {value}; it must be {rule}"));
            }
        }

        Require(Window >= 2, "window", Window, "2 or more");
        Require(Folds >= 2, "folds", Folds, "2 or more");
        Require(Epochs >= 1, "epochs", Epochs, "1 or more");
        Require(EpochSamples >= 0, "epoch_samples", EpochSamples, "0 or more");
        Require(Patience >= 1, "patience", Patience, "1 or more");
        Require(MinimumImprovement >= 0, "minimum_improvement", MinimumImprovement, "0 or more");
        Require(Batch >= 1, "batch", Batch, "1 or more");
        Require(
            LearningRate > 0 && LearningRate <= 1, "learning_rate", LearningRate, "above 0 and at most 1");
        Require(LearningRateDecay > 0 && LearningRateDecay <= 1, "learning_rate_decay", LearningRateDecay,
            "above 0 and at most 1");
        Require(MinimumLearningRate >= 0, "minimum_learning_rate", MinimumLearningRate, "0 or more");
        Require(WeightDecay >= 0, "weight_decay", WeightDecay, "0 or more");
        Require(ClipNorm > 0, "clip_norm", ClipNorm, "above 0");
        Require(BarrierWeight >= 0, "barrier_weight", BarrierWeight, "0 or more");
        Training.Validate(Require);
        if (violations.Count > 0)
        {
            throw new ArgumentException("the encoder cannot be trained: " + string.Join("; ", violations));
        }
    }
}
