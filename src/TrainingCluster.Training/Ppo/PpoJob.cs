using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Evaluation;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.Ppo;

/// <summary>
/// Trains a strategy's PPO agent on the frozen encoder's outputs: out-of-fold ones on the training window,
/// the encoder's own on validation (which chooses the snapshot) and on test (which nothing chooses by).
/// </summary>
internal sealed class PpoJob : IStageJob
{
    public const string Kind = "ppo";

    public JobOutput Run(StageContext context)
    {
        var options = PpoBudgets.Options(context.HyperParameters);
        context.Report("prepare", 0, 1);
        var market = AgentMarket.ForAgent(context).Shapeable(context, options.Market);
        var trainer = new PpoTrainer(
            options, market.Dynamics, market.Data.Ranges(split => split.Train),
            market.Data.Ranges(split => split.Validation), context.Seed,
            new PpoFaults(context.Recovery, context.Spec.Fault?.NanGradientAtSteps ?? []));
        if (context.Checkpoints.Restored is { } state)
        {
            trainer.Restore(state);
        }

        var total = options.Ppo.Iterations * options.Ppo.Epochs
            * (options.Ppo.TransitionsPerIteration / options.Ppo.MiniBatch);
        while (!trainer.Finished)
        {
            var point = trainer.Iterate();
            AgentReport.Progress(context, Kind, total, point);
            context.Checkpoints.StepDone(trainer.Updates, trainer.Save);
        }

        return Result(context, market, trainer);
    }

    private static JobOutput Result(StageContext context, AgentMarket market, PpoTrainer trainer)
    {
        context.Report("evaluate", 0, 1);
        var best = trainer.Best
            ?? throw new InvalidOperationException("training ended without a look at the validation window");
        var evaluation = AgentEvaluation.Of(context, market, best.ToPolicy()) with
        {
            Curves = AgentReport.Curves(Kind, trainer.Curve),
            Events = AgentReport.Events(context.Recovery, Kind, trainer.Updates, best, trainer.Curve.Length),
        };
        var artifact = AgentModel.ToArtifact(Kind, AgentModel.Describe(context, market, best), best, []);
        return new JobOutput(
            [new JobFile(FileRoles.Model, artifact.ToBytes())], PolicyEvaluation.Metrics(evaluation),
            evaluation);
    }
}
