using TrainingCluster.Training.Agents;
using TrainingCluster.Training.Evaluation;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Hybrid;

/// <summary>
/// Fine-tunes a strategy's encoder and one of its agents end to end. The validation window chooses the snapshot.
/// </summary>
internal sealed class HybridJob(IAgent agent) : IStageJob
{
    private const string Phase = "tune";

    public JobOutput Run(StageContext context)
    {
        context.Report("prepare", 0, 1);
        var encoder = AgentMarket.LoadEncoder(context);
        var policy = AgentModel.Load(context.Input(InputRoles.Policy), agent.Name);
        var market = AgentMarket.Open(context, encoder, policy.Config.State).Shapeable(context);
        using var training = agent.Tune(context, market, encoder, policy);
        TrainingLoop.ToEnd(context, Phase, training);

        context.Report("evaluate", 0, 1);
        var best = training.RestoreBest();
        var evaluation = TrainingLoop.Evaluate(context, Phase, market, training, best);
        var artifact = HybridModel.ToArtifact(context, market, best, training.Encoder);
        return new JobOutput(
            [new JobFile(FileRoles.Model, artifact.ToBytes())], PolicyEvaluation.Metrics(evaluation), evaluation);
    }
}
