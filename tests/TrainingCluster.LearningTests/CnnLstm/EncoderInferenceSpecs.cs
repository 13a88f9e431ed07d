using TrainingCluster.LearningTests.Jobs;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.CnnLstm;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.LearningTests.CnnLstm;

public sealed class EncoderInferenceSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(255)]
    [InlineData(257)]
    public void The_logits_of_a_bar_do_not_depend_on_how_many_bars_follow_it(int count)
    {
        var data = DataPreparation.Prepare(EncoderRuns.Market(700), "rsi_mean_reversion", 13);
        using var network = new CnnLstmNetwork(
            new CnnLstmArchitecture(data.Matrix.Columns, 13, 3, 1, 5, 7, 11), new Seed(1).Stream());
        int[] bars = [.. Enumerable.Range(data.Windows.FirstEnd, 300)];

        var whole = EncoderInference.Logits(network, data.Windows, bars);
        var cut = EncoderInference.Logits(network, data.Windows, bars.AsSpan(0, count));

        Assert.Equal(whole[..cut.Length], cut);
    }
}
