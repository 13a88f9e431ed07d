using TrainingCluster.Cluster.Jobs;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cluster.Runs;

/// <summary>What a trainer is told to begin with, from the ledger alone.</summary>
internal static class StartOrders
{
    public static JobCommands.Start Of(RunState run, JobState job, long fence, string agentPath)
    {
        var inputs = ImmutableArray.CreateBuilder<JobInput>();
        var components = ImmutableArray.CreateBuilder<GivenVersion>();
        foreach (var dependency in job.Plan.DependsOn.Select(run.Job))
        {
            if (dependency.Result is not { } result)
            {
                continue;
            }

            components.Add(new GivenVersion(result.Version, result.Digest));
            foreach (var file in result.Files)
            {
                if (InputRoles.Of(dependency.Plan.Stage, file.Role) is { } role)
                {
                    inputs.Add(new JobInput(role, dependency.Id, result.Version.ToString(), file.Digest));
                }
            }
        }

        var given = GivenTo(run, job);
        return new JobCommands.Start(
            new JobAttempt(run.Id, job.Id, job.Attempt),
            fence,
            run.Spec,
            StrategiesOf(run, job),
            inputs.ToImmutable(),
            [.. components, .. given],
            job.Recovery,
            job.Degradation,
            agentPath);
    }

    // A strategy whose every input to an ensemble is missing takes no part in it.
    private static ImmutableArray<string> StrategiesOf(RunState run, JobState job)
    {
        if (job.MissingInputs.IsEmpty)
        {
            return run.Spec.Strategies;
        }

        var left = job.Plan.DependsOn
            .Except(job.MissingInputs)
            .Select(input => run.Job(input).Plan.Strategy)
            .ToHashSet();
        return [.. run.Spec.Strategies.Where(left.Contains)];
    }

    private static IEnumerable<GivenVersion> GivenTo(RunState run, JobState job)
    {
        if (run.GivenVersions.IsEmpty)
        {
            return [];
        }

        var spec = RunPlan.Jobs(run.Spec).FirstOrDefault(planned => planned.Id == job.Id);
        var ids = spec?.GivenInputs.Select(input => input.VersionId).ToHashSet() ?? [];
        return run.GivenVersions.Where(version => ids.Contains(version.Id.ToString()));
    }
}
