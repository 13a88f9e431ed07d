using TrainingCluster.MarketData.Series;
using TrainingCluster.Testing.MarketData;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Training.Agents;
using TrainingCluster.Training.DeepScalper;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.LearningTests.Agents;

/// <summary>What DeepScalper's hindsight may look at in a pipeline of several symbols.</summary>
public sealed class DeepScalperKnowledgeSpecs
{
    private const string Strategy = "rsi_mean_reversion";

    [Fact]
    public void Hindsight_ends_with_the_training_window_of_each_symbol()
    {
        var panel = BarPanel.Of(
        [
            Bars.Daily(760).Noisy(0.015, 1).Named("EARLY").Build(),
            Bars.Daily(900).WithoutStamps(0, 140).Noisy(0.01, 2).Named("LATE").Build(),
        ]);
        var rule = new NamedRule(Strategy, StrategyCatalog.Get(Strategy));
        var template = ModelPipelines.Standard("deepscalper")!;
        var data = DataPreparation.Prepare(panel, rule, 13);
        var state = ModelPipelines.State(template, panel, data.Preprocessor.Pipelines);
        var market = AgentMarket.For(data, state, new CostModel());

        var known = DeepScalperAgent.Known(market);

        var windows = data.Ranges(split => split.Train);
        Assert.Equal(2, windows.Length);
        for (var row = 0; row < panel.Count; row++)
        {
            var window = windows.FirstOrDefault(one => row >= one.Start && row < one.End);
            Assert.Equal(window.Count > 0 ? window.End - 1 : row, known.LastBar(row));
        }

        var targets = new VolatilityTask(0.1, 10, known).TargetByBar;
        for (var row = 0; row < panel.Count; row++)
        {
            var window = windows.FirstOrDefault(one => row >= one.Start && row < one.End);
            Assert.Equal(window.Count > 0 && row + 10 < window.End, !float.IsNaN(targets[row]));
        }
    }
}
