using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Trading.Backtests;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Hybrid;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.Ensembles;

/// <summary>A hybrid inside an ensemble, and its decisions.</summary>
/// <param name="Strategy">Whose hybrid it is.</param>
/// <param name="JobId">Of the job or model that made it.</param>
/// <param name="Artifact">Its file.</param>
/// <param name="Data">The bars, prepared as the hybrid wants them.</param>
/// <param name="State">What the hybrid sees beside its encoder's windows.</param>
/// <param name="Positions">[bar]: from the start of its validation window to the end, begun flat; 0
/// before.</param>
internal sealed record EnsembleMember(
    string Strategy, string JobId, Digest Artifact, PreparedData Data, SavedPipeline State, double[] Positions)
{
    /// <summary>Loads a hybrid and lets it trade validation, the gap behind it, and test in one go.</summary>
    public static EnsembleMember Load(StageContext context, JobInput input)
    {
        var model = HybridModel.Load(ModelArtifact.Parse(context.Request.Artifacts.Get(input.Digest)));
        var preprocessor = model.Agent.Config.Preprocessor;
        var data = DataPreparation.Prepare(
            context.Request.Bars, preprocessor.Strategy, preprocessor.Window, preprocessor);
        var market = AgentMarket.For(data, model.Agent.Config.State, context.Spec.FeeRatio);
        var window = new IndexRange(data.Split.Validation.Start, context.Request.Bars.Count);
        using var encoder = model.CreateEncoder();
        market.SetLogits(encoder, PreparedData.AllBars(window));
        var positions = PolicyTrack.Positions(model.Agent.Snapshot.ToPolicy(), market.Dynamics, window);
        return new EnsembleMember(
            preprocessor.Strategy, input.JobId, input.Digest, data, model.Agent.Config.State, positions);
    }

    /// <summary>What the member earns alone over a window, net of costs.</summary>
    public ImmutableArray<double> Returns(IndexRange window, CostModel costs) =>
        Backtest.Run(Data.Bars, Positions, window, costs).Returns;
}
