using TrainingCluster.Trading.Statistics;

namespace TrainingCluster.UnitTests.Trading.Statistics;

public sealed class TrialPopulationSpecs
{
    [Fact]
    public void Pruned_trials_count_although_they_have_no_sharpe()
    {
        var trials = TrialPopulation.Of([.1, null, .3, .2, null]);

        Assert.Equal(5, trials.Count);
        Assert.Equal(.01, trials.SharpeVariance!.Value, 1e-12);
        Assert.Equal(SharpeStatistics.ExpectedMaximumSharpe(5, .01).Value!.Value, trials.Threshold, 1e-12);
    }

    [Fact]
    public void The_more_was_tried_the_less_the_same_result_means()
    {
        double[] returns = [.02, -.01, .03, 0, .01, .02, -.02, .01];
        var moments = Moments.Of(returns);
        double Deflated(int trials) => new TrialPopulation(trials, .01).DeflatedSharpe(moments);

        Assert.True(Deflated(1) > Deflated(10) && Deflated(10) > Deflated(100));
        Assert.Equal(
            SharpeStatistics.ProbabilisticSharpe(
                SharpeStatistics.Sharpe(moments), 0, 8, moments.Skewness, moments.Kurtosis).Value,
            new TrialPopulation(1, null).DeflatedSharpe(moments).Value);
    }

    [Fact]
    public void Without_trials_or_their_spread_nothing_is_deflated_and_nothing_is_claimed()
    {
        var moments = Moments.Of([.02, -.01, .03, 0]);

        Assert.False(new TrialPopulation(0, null).DeflatedSharpe(moments).IsDefined);
        Assert.False(new TrialPopulation(3, null).DeflatedSharpe(moments).IsDefined);
        Assert.False(new TrialPopulation(3, .1).DeflatedSharpe(Moments.Of([0, 0])).IsDefined);
    }

    [Fact]
    public void Correlated_trials_amount_to_fewer()
    {
        Assert.Equal(50.5, new TrialPopulation(100, .1, Correlation: .5).EffectiveCount);
        Assert.Null(new TrialPopulation(100, .1).EffectiveCount);
    }
}
