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
/// <param name="Positions">[row]: of each symbol from the start of its validation window to the end, begun flat; 0
/// before.</param>
internal sealed record EnsembleMember(
    string Strategy, string JobId, Digest Artifact, PreparedMarkets Data, SavedPipelines State, double[] Positions)
{
    /// <summary>What texts call it: the name of its model, which is the strategy and, but for the default agent's, the
    /// agent.</summary>
    public string Name => JobId[(JobId.IndexOf('/') + 1)..];

    /// <summary>Loads a hybrid and lets it trade validation, the gap behind it, and test in one go.</summary>
    public static EnsembleMember Load(StageContext context, JobInput input)
    {
        var model = HybridModel.Load(ModelArtifact.Parse(context.Request.Artifacts.Get(input.Digest)));
        var preprocessor = model.Agent.Config.Preprocessor;
        var data = DataPreparation.Prepare(
            context.Request.Bars, context.Spec.Rule(preprocessor.Strategy), preprocessor.Window, preprocessor);
        var state = model.Agent.Config.State;
        var market = AgentMarket.For(data, state, context.Spec.Costs);
        ImmutableArray<IndexRange> windows = [.. data.Markets.Select(market =>
            new IndexRange(market.Split.Validation.Start, market.Bars.Count))];
        using var encoder = model.CreateEncoder();
        market.SetLogits(encoder, data.RowsOf(windows));
        var positions = PolicyTrack.Positions(
            model.Agent.Snapshot.ToTradingPolicy(), market.Dynamics, data.InRows(windows));
        return new EnsembleMember(preprocessor.Strategy, input.JobId, input.Digest, data, state, positions);
    }

    /// <summary>What the member earns alone over a window, net of costs.</summary>
    /// <param name="windows">By symbol, in bars of the symbol.</param>
    public ImmutableArray<double> Returns(ImmutableArray<IndexRange> windows, CostModel costs) =>
        PanelBacktest.Run(Data.Panel, Positions, windows, costs).Account.Returns;
}
