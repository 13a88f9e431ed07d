using TrainingCluster.Training.Evaluation;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Agents;

/// <summary>
/// Trains a strategy's agent on the frozen encoder's outputs: out-of-fold ones on the training window, the
/// encoder's own on validation (which chooses the snapshot) and on test (which nothing chooses by).
/// </summary>
internal sealed class AgentJob(IAgent agent) : IStageJob
{
    public JobOutput Run(StageContext context)
    {
        context.Report("prepare", 0, 1);
        var market = AgentMarket.ForAgent(context).Shapeable(context);
        using var training = agent.Train(context, market);
        TrainingLoop.ToEnd(context, agent.Name, training);

        context.Report("evaluate", 0, 1);
        var best = training.RestoreBest();
        var evaluation = TrainingLoop.Evaluate(context, agent.Name, market, training, best);
        var artifact = AgentModel.ToArtifact(agent.Name, AgentModel.Describe(context, market, best), best, []);
        return new JobOutput(
            [new JobFile(FileRoles.Model, artifact.ToBytes())], PolicyEvaluation.Metrics(evaluation), evaluation);
    }
}
