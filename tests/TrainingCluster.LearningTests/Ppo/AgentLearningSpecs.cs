using TrainingCluster.Features.Columns;
using TrainingCluster.Features.Scaling;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.MarketData.Series;
using TrainingCluster.MarketData.Synthetic;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;

namespace TrainingCluster.LearningTests.Ppo;

/// <summary>Whether agents learn what can be learned, and only that.</summary>
public sealed class AgentLearningSpecs
{
    private const string Strategy = "macd_momentum";

    /// <summary>
    /// The same bars and learner with encoder outputs that know the next bar, and with outputs drawn from
    /// shuffled labels: the first must raise the training reward far, the second must not.
    /// </summary>
    [Fact]
    public void Outputs_of_an_encoder_with_shuffled_labels_do_not_raise_the_training_reward()
    {
        var bars = SyntheticMarket.Generate(new SyntheticMarketOptions { Bars = 3000 }, new Seed(4));
        var up = Enumerable.Range(0, bars.Count)
            .Select(t => t + 2 < bars.Count && bars.Open[t + 2] > bars.Open[t + 1] ? 0.5f : -0.5f).ToArray();
        var shuffled = (float[])up.Clone();
        new Seed(5).Stream().Shuffle(shuffled.AsSpan());

        var (firstKnowing, lastKnowing) = TrainingRewards(bars, up);
        var (firstShuffled, lastShuffled) = TrainingRewards(bars, shuffled);

        Assert.True(lastKnowing > firstKnowing + 0.2, $"{firstKnowing} rose to {lastKnowing} only");
        // One standard error of a mean of 8 rollouts of unit-variance rewards is 0.008 times the exposure.
        Assert.InRange(lastShuffled - firstShuffled, -0.05, 0.05);
    }

    [Fact]
    public void Corrupting_bars_after_now_changes_no_observation_up_to_now()
    {
        const int now = 400;
        var bars = SyntheticMarket.Generate(
            new SyntheticMarketOptions { Bars = 500, SignalCorrelation = 0.2 }, new Seed(2));
        var width = new PolicyObservation(FeatureSet.Compute(bars).Names).Width;

        var before = Observed(bars, out _);
        var after = Observed(bars.Slice(0, now + 1), out _);

        Assert.Equal(before[..((now + 1) * width)], after);
        Assert.Contains(after, value => value != 0);
    }

    private static (double First, double Last) TrainingRewards(BarSeries bars, float[] upLogits)
    {
        var observed = Observed(bars, out var signals);
        var observation = new PolicyObservation(FeatureSet.Compute(bars).Names);
        var logits = new float[bars.Count * PolicyObservation.EncoderEntries];
        for (var t = 0; t < bars.Count; t++)
        {
            logits[t * PolicyObservation.EncoderEntries] = upLogits[t];
        }

        int[] all = [.. Enumerable.Range(0, bars.Count)];
        observation.SetLogits(observed, all, logits, signals.Direction);
        var market = new MarketColumns(bars, observed, signals.Direction, CostModel.Free);
        var options = PpoBudgets.Options(PpoBudgets.For(BudgetName.Quick).With("total_steps", 49_152));
        var trainer = new PpoTrainer(
            options, new MarketDynamics(market), new IndexRange(100, 2300), new IndexRange(2400, 2900),
            new Seed(1));
        while (!trainer.Finished)
        {
            trainer.Iterate();
        }

        return (trainer.Curve[..8].Average(p => p.Reward), trainer.Curve[^8..].Average(p => p.Reward));
    }

    private static float[] Observed(BarSeries bars, out StrategySignals signals)
    {
        signals = StrategyCatalog.Get(Strategy).Evaluate(bars);
        var table = FeatureSet.Compute(bars);
        var matrix = RobustScaler.Fit(table, new IndexRange(table.WarmUp, 300)).Transform(table);
        return new PolicyObservation(table.Names).Build(bars, signals, matrix);
    }
}
