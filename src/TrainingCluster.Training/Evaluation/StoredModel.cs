using System.Text.Json;
using TrainingCluster.Features.Windows;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Series;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Registry.Artifacts;
using TrainingCluster.Trading.Ensembles;
using TrainingCluster.Trading.Regimes;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Agents;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Ensembles;
using TrainingCluster.Training.Hybrid;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.Evaluation;

/// <summary>
/// Lets a stored model decide on bars of any symbol, with the inputs that it was trained on: the same columns,
/// scaled as in training, and never before it has seen as many bars as it looks back. A symbol that training has not
/// seen is scaled as all of training's symbols together.
/// </summary>
/// <param name="artifacts">Holds the model and the models inside it.</param>
/// <param name="costs">Of the members of an ensemble, whose records weigh them.</param>
public sealed class StoredModel(IArtifactStore artifacts, CostModel costs)
{
    /// <summary>Decides from the first bar with a full window to the last, begun flat.</summary>
    /// <param name="model">Of its artifact.</param>
    /// <param name="bars">The bars of one symbol.</param>
    /// <returns>The decision bars, and a position for every bar: 0 before them.</returns>
    /// <exception cref="ArtifactFormatException">The artifact is no model.</exception>
    public (IndexRange Window, double[] Positions) Decide(Digest model, BarSeries bars)
    {
        var artifact = ModelArtifact.Parse(artifacts.Get(model));
        return artifact.Kind switch
        {
            EncoderModel.Kind => Encoder(EncoderModel.Load(artifact), bars),
            var agent when AgentCatalog.Names.Contains(agent) => Agent(AgentModel.Load(artifact, agent), bars),
            HybridModel.Kind => Hybrid(HybridModel.Load(artifact), bars),
            EnsembleJob.Kind => Ensemble(artifact, bars),
            var other => throw new ArtifactFormatException($"a model of kind '{other}' cannot decide on bars"),
        };
    }

    private static (IndexRange, double[]) Encoder(EncoderModel encoder, BarSeries bars)
    {
        var (data, window, rows) = Prepared(encoder.Config.Preprocessor, bars);
        var profit = EncoderScores.ProfitProbability(encoder.Logits(data.Windows, rows.AsSpan()));
        return (window, EncoderPolicy.Positions(
            data, rows.AsSpan(), profit, encoder.Config.ProfitThreshold, encoder.Config.MetaLabels));
    }

    private (IndexRange, double[]) Agent(AgentModel agent, BarSeries bars)
    {
        var encoder = EncoderModel.Load(ModelArtifact.Parse(artifacts.Get(agent.Config.EncoderArtifact)));
        var (data, window, rows) = Prepared(agent.Config.Preprocessor, bars);
        var market = AgentMarket.For(data, agent.Config.State, costs);
        market.SetLogits(rows.AsSpan(), encoder.Logits(data.Windows, rows.AsSpan()));
        return (window, PolicyTrack.Positions(agent.Snapshot.ToTradingPolicy(), market.Dynamics, window));
    }

    private (IndexRange, double[]) Hybrid(HybridModel hybrid, BarSeries bars)
    {
        var (data, window, rows) = Prepared(hybrid.Agent.Config.Preprocessor, bars);
        var market = AgentMarket.For(data, hybrid.Agent.Config.State, costs);
        using var encoder = hybrid.CreateEncoder();
        market.SetLogits(encoder, rows);
        return (window, PolicyTrack.Positions(hybrid.Agent.Snapshot.ToTradingPolicy(), market.Dynamics, window));
    }

    private (IndexRange, double[]) Ensemble(ModelArtifact artifact, BarSeries bars)
    {
        var config = JsonSerializer.Deserialize(artifact.ConfigJson, EnsembleJson.Default.EnsembleConfig)
            ?? throw new ArtifactFormatException("its configuration is null");
        var members = config.Members
            .Select(member => Hybrid(HybridModel.Load(ModelArtifact.Parse(artifacts.Get(member.Artifact))), bars))
            .ToArray();
        var window = new IndexRange(members.Max(member => member.Item1.Start), bars.Count);
        var detector = config.SymbolRegimes?.GetValueOrDefault(bars.Symbol) ?? config.Regimes;
        var track = DynamicEnsemble.Blend(
            bars, [.. config.Members.Select(member => member.Strategy)], detector.Detect(bars),
            [.. members.Select(member => member.Item2)], window, costs);
        return (window, [.. track.Positions]);
    }

    private static (PreparedData Data, IndexRange Window, ImmutableArray<int> Rows) Prepared(
        PreprocessorSpec spec, BarSeries bars)
    {
        var data = DataPreparation.ForDecisions(bars, spec);
        var window = new IndexRange(data.Windows.FirstEnd, bars.Count);
        return (data, window, PreparedData.AllBars(window));
    }
}
