using TrainingCluster.LearningTests.Jobs;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.LearningTests.CnnLstm;

public sealed class EncoderLearningSpecs
{
    private const double Correlation = 0.2;

    /// <summary>½ + arcsin(ρ)/π: what the sign of a signal of correlation ρ gets right of a normal return's sign.</summary>
    private static readonly double BayesAccuracy = 0.5 + Math.Asin(Correlation) / Math.PI;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_signal_of_correlation_a_fifth_is_found(ulong seed)
    {
        var (accuracy, bars) = HeldOutAccuracy(seed, shuffled: false);

        Assert.InRange(accuracy, 0.54, BayesAccuracy + 4 * Math.Sqrt(0.25 / bars));
    }

    [Fact]
    public void Shuffled_labels_teach_nothing()
    {
        var (accuracy, bars) = HeldOutAccuracy(1, shuffled: true);

        Assert.InRange(accuracy, 0.5 - 4 * Math.Sqrt(0.25 / bars), 0.5 + 4 * Math.Sqrt(0.25 / bars));
    }

    /// <summary>Fits on the training window and judges on the test window, which decided nothing.</summary>
    private static (double Accuracy, int Bars) HeldOutAccuracy(ulong seed, bool shuffled)
    {
        var bars = EncoderRuns.Market(8000, seed, Correlation);
        var options = CnnLstmOptions.From(CnnLstmBudgets.For(BudgetName.Quick));
        var data = DataPreparation.Prepare(bars, "rsi_mean_reversion", options.Window);
        var train = LabelledBars.ForTraining(
            data.Labels, PreparedData.AllBars(data.Split.Train), options.BarrierWeight);
        if (shuffled)
        {
            float[] up = [.. train.Up];
            new Seed(seed).For("shuffle").Stream().Shuffle<float>(up);
            train = train with { Up = [.. up] };
        }

        var validation = LabelledBars.ForValidation(
            data.Labels, PreparedData.AllBars(data.Split.Validation), train.Bars, options.BarrierWeight);
        using var learner = new CnnLstmLearner(
            options, data.Windows, train, validation, new Seed(seed), null);
        for (long step = 0; !learner.Finished; step++)
        {
            learner.Step(new(step, "fit", false, 1, 1, false));
        }

        var test = LabelledBars.ForValidation(
            data.Labels, PreparedData.AllBars(data.Split.Test), train.Bars, options.BarrierWeight);
        var logits = learner.BestLogits(test.Bars.AsSpan());
        Assert.Equal(test.Count * CnnLstmArchitecture.Outputs, logits.Length);
        return (EncoderScores.Accuracy(logits, test), test.Count);
    }
}
