using TrainingCluster.Features.Windows;
using TrainingCluster.LearningTests.Ppo;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Hybrid;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.LearningTests.Acceptance;

/// <summary>
/// Lets the stored models of a strategy decide on bars, by the parts that the jobs decide with.
/// </summary>
internal sealed class StoredModels
{
    private readonly EncoderModel _encoder;
    private readonly AgentModel _agent;
    private readonly HybridModel _hybrid;
    private readonly string _strategy;

    public StoredModels(PipelineRun run, string strategy, string agent = Stages.DefaultAgent)
    {
        ModelArtifact Model(string type) => ModelArtifact.Parse(run[$"{type}/{strategy}"].Files[0].Content);

        _strategy = strategy;
        _encoder = EncoderModel.Load(Model("cnn_lstm"));
        _agent = AgentModel.Load(Model(agent), agent);
        _hybrid = HybridModel.Load(ModelArtifact.Parse(
            run[$"hybrid/{Stages.HybridName(strategy, agent)}"].Files[0].Content));
    }

    /// <summary>Of encoder, agent and hybrid.</summary>
    /// <param name="bars">The bars up to now, or more.</param>
    /// <param name="first">The first decision bar; each model begins flat there.</param>
    /// <returns>[model][bar]; 0 before <paramref name="first"/>.</returns>
    public double[][] Decide(BarSeries bars, int first)
    {
        var preprocessor = _encoder.Config.Preprocessor;
        var data = DataPreparation.Prepare(bars, _strategy, preprocessor.Window, preprocessor);
        var window = new IndexRange(first, bars.Count);
        var decided = PreparedData.AllBars(window);
        var logits = _encoder.Logits(data.Windows, decided.AsSpan());

        var agents = AgentMarket.For(data, _agent.Config.State, new CostModel());
        agents.SetLogits(decided.AsSpan(), logits);
        var hybrids = AgentMarket.For(data, _hybrid.Agent.Config.State, new CostModel());
        using var network = _hybrid.CreateEncoder();
        hybrids.SetLogits(network, decided);
        return
        [
            EncoderPolicy.Positions(
                data, decided.AsSpan(), EncoderScores.ProfitProbability(logits),
                _encoder.Config.ProfitThreshold),
            PolicyTrack.Positions(_agent.Snapshot.ToTradingPolicy(), agents.Dynamics, window),
            PolicyTrack.Positions(_hybrid.Agent.Snapshot.ToTradingPolicy(), hybrids.Dynamics, window),
        ];
    }
}
