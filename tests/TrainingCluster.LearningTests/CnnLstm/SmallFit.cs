using TrainingCluster.Features.Windows;
using TrainingCluster.LearningTests.Jobs;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Models.Numerics;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.LearningTests.CnnLstm;

/// <summary>An encoder of a few hundred weights and a market of a few hundred bars.</summary>
internal sealed class SmallFit
{
    /// <summary>A batch of 29 samples, in no order.</summary>
    public static readonly int[] Batch = [.. Enumerable.Range(0, 29).Select(i => i * 37 % 101)];

    private readonly PreparedData _data;

    public SmallFit(int bars = 520, ulong seed = 3)
    {
        _data = DataPreparation.Prepare(EncoderRuns.Market(bars, seed), "rsi_mean_reversion", 13);
        Samples = LabelledBars.ForTraining(_data.Labels, PreparedData.AllBars(_data.Split.Train), 0.5);
        Validation = LabelledBars.ForValidation(
            _data.Labels, PreparedData.AllBars(_data.Split.Validation), Samples.Bars, 0.5);
        using var network = Network();
        Weights = NetworkWeights.Flatten(network);
    }

    public WindowView Windows => _data.Windows;

    public LabelledBars Samples { get; }

    public LabelledBars Validation { get; }

    public float[] Weights { get; }

    public CnnLstmNetwork Network() => new(
        new CnnLstmArchitecture(Windows.Matrix.Columns, 13, 3, 1, 5, 7, 11), new RandomStream(1));

    /// <summary>The tiny budget with the given numbers.</summary>
    public static CnnLstmOptions Options(params (string Name, double Value)[] values)
    {
        var numbers = StageCatalog.Resolve(Stage.CnnLstm, null, BudgetName.Quick, EncoderRuns.Tiny);
        foreach (var (name, value) in values)
        {
            numbers = numbers.With(name, value);
        }

        return CnnLstmOptions.From(numbers.With("stride", 1));
    }

    public CnnLstmLearner Learner(
        CnnLstmOptions options, CnnLstmLearnerState? resumed = null, FitStart? start = null) =>
        new(options, Windows, Samples, Validation, new Seed(5), resumed, start);
}
