using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Policies;

namespace TrainingCluster.Training.Agents;

/// <summary>What the jobs of agents and hybrids do alike.</summary>
internal static class TrainingLoop
{
    /// <summary>Continues from the job's checkpoint, if any, and trains to the end.</summary>
    public static void ToEnd(StageContext context, string phase, IAgentTraining training)
    {
        if (context.Checkpoints.Restored is { } state)
        {
            training.Restore(state);
        }

        while (!training.Finished)
        {
            var point = training.Iterate();
            AgentReport.Progress(context, phase, training.TotalUpdates, point);
            context.Checkpoints.StepDone(training.Updates, training.Save);
        }
    }

    /// <summary>The evidence of the best policy, with the story of its training.</summary>
    public static JobEvaluation Evaluate(
        StageContext context, string phase, AgentMarket market, IAgentTraining training, IPolicySnapshot best) =>
        AgentEvaluation.Of(context, market, best.ToTradingPolicy()) with
        {
            Curves = AgentReport.Curves(phase, training.Curve),
            Events = AgentReport.Events(context.Recovery, phase, training.Updates, best, training.Curve.Count),
        };
}
