using TrainingCluster.Models.Hybrid;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Evaluation;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Ppo;

namespace TrainingCluster.Training.Hybrid;

/// <summary>
/// Fine-tunes a strategy's encoder and agent end to end. The validation window chooses the snapshot.
/// </summary>
internal sealed class HybridJob : IStageJob
{
    private const string Phase = "tune";

    public JobOutput Run(StageContext context)
    {
        context.Report("prepare", 0, 1);
        var encoder = AgentMarket.LoadEncoder(context);
        var agent = AgentModel.Load(context.Input(InputRoles.Policy), PpoJob.Kind);
        var options = HybridBudgets.Options(context.HyperParameters, agent.Config.Hidden);
        var market = AgentMarket.Open(context, encoder, agent.Config.State).Shapeable(context, options.Market);
        var network = new HybridNetwork(
            encoder.CreateNetwork(), agent.Snapshot.ToNetwork(), agent.Snapshot.Normalizer!);
        using var learner = new HybridLearner(
            options, market, network, context.Seed,
            new PpoFaults(context.Recovery, context.Spec.Fault?.NanGradientAtSteps ?? []));
        if (context.Checkpoints.Restored is { } state)
        {
            learner.Restore(state);
        }

        var total = options.Ppo.Iterations * options.Ppo.Epochs
            * (options.Ppo.TransitionsPerIteration / options.Ppo.MiniBatch);
        while (!learner.Finished)
        {
            var point = learner.Iterate();
            AgentReport.Progress(context, Phase, total, point);
            context.Checkpoints.StepDone(learner.Updates, learner.Save);
        }

        return Result(context, market, learner, network);
    }

    private static JobOutput Result(
        StageContext context, AgentMarket market, HybridLearner learner, HybridNetwork network)
    {
        context.Report("evaluate", 0, 1);
        var best = learner.RestoreBest();
        var evaluation = AgentEvaluation.Of(context, market, best.Policy.ToPolicy()) with
        {
            Curves = AgentReport.Curves(Phase, learner.Curve),
            Events = AgentReport.Events(
                context.Recovery, Phase, learner.Updates, best.Policy, learner.Curve.Length),
        };
        var artifact = HybridModel.ToArtifact(context, market, best, network.Encoder);
        return new JobOutput(
            [new JobFile(FileRoles.Model, artifact.ToBytes())], PolicyEvaluation.Metrics(evaluation),
            evaluation);
    }
}
