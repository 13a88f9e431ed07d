using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Workers;

/// <summary>An order's job with every number resolved.</summary>
/// <param name="Inputs">Given ones and those of earlier jobs of the run.</param>
internal sealed record JobPlan(JobSpec Spec, ImmutableArray<JobInput> Inputs)
{
    public static JobPlan Of(WorkOrder order)
    {
        var spec = RunPlan.Jobs(order.Spec with { Strategies = order.Strategies })
            .Single(job => job.Id == order.Attempt.Job);
        spec = spec with { HyperParameters = order.Recovery.Fit(spec.HyperParameters) };
        return new JobPlan(spec, [.. spec.GivenInputs, .. order.Inputs]);
    }
}
