using TrainingCluster.LearningTests.Jobs;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.LearningTests.CnnLstm;

/// <summary>
/// The control of the planted signal: the same market and learner, labels that mean nothing.
/// </summary>
public sealed class EncoderLearningSpecs
{
    private const double Correlation = 0.2;

    [Fact]
    public void Shuffled_labels_teach_nothing()
    {
        var (accuracy, bars) = HeldOutAccuracy(1);

        Assert.InRange(accuracy, 0.5 - 4 * Math.Sqrt(0.25 / bars), 0.5 + 4 * Math.Sqrt(0.25 / bars));
    }

    /// <summary>
    /// Fits on 4,000 bars, stops early on 1,500, and judges on a test window of over 3,000, which decided
    /// nothing: large enough that luck moves its accuracy by less than a hundredth.
    /// </summary>
    private static (double Accuracy, int Bars) HeldOutAccuracy(ulong seed)
    {
        var bars = EncoderRuns.Market(16_000, seed, Correlation);
        var options = CnnLstmOptions.From(CnnLstmBudgets.For(BudgetName.Quick));
        var data = DataPreparation.Prepare(bars, "rsi_mean_reversion", options.Window);
        var split = data.Split;
        var train = LabelledBars.ForTraining(
            data.Labels, Enumerable.Range(split.Train.End - 4000, 4000), options.BarrierWeight);
        float[] up = [.. train.Up];
        new Seed(seed).For("shuffle").Stream().Shuffle<float>(up);
        train = train with { Up = [.. up] };

        var validation = LabelledBars.ForValidation(
            data.Labels, Enumerable.Range(split.Validation.Start, 1500), train.Bars, options.BarrierWeight);
        using var learner = new CnnLstmLearner(
            options, data.Windows, train, validation, new Seed(seed), null);
        for (long step = 0; !learner.Finished; step++)
        {
            learner.Step(new(step, "fit", false, 1, 1, false));
        }

        var test = LabelledBars.ForValidation(
            data.Labels, PreparedData.AllBars(split.Test), train.Bars, options.BarrierWeight);
        return (EncoderScores.Accuracy(learner.BestLogits(test.Bars.AsSpan()), test), test.Count);
    }
}
