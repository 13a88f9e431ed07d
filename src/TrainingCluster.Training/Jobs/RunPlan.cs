using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.Jobs;

/// <summary>
/// Turns a run into its graph of jobs. A job waits for its own inputs only, so the strategies do not wait for
/// each other before the ensemble.
/// </summary>
public static class RunPlan
{
    /// <summary>The name of the one ensemble of a run.</summary>
    public const string EnsembleName = "main";

    /// <returns>The jobs, each after those it depends on; the order is a function of the spec.</returns>
    /// <exception cref="RunSpecException">The spec cannot be run; all violations are listed.</exception>
    public static ImmutableArray<JobSpec> Jobs(RunSpec spec)
    {
        var violations = RunSpecRules.Violations(spec);
        if (!violations.IsEmpty)
        {
            throw new RunSpecException(violations);
        }

        var jobs = ImmutableArray.CreateBuilder<JobSpec>();
        foreach (var strategy in spec.Strategies)
        {
            AddStrategy(jobs, spec, strategy);
        }

        if (spec.Stages.Contains(Stage.Ensemble))
        {
            jobs.Add(Ensemble(spec, jobs));
        }

        return jobs.ToImmutable();
    }

    /// <summary>The hyper-parameters of a stage of the run.</summary>
    internal static HyperParameters Numbers(RunSpec spec, Stage stage, string? agent)
    {
        var numbers = StageCatalog.Resolve(stage, agent, spec.Budget, spec.Overrides);
        return stage == Stage.CnnLstm && spec.Overrides?.Values.ContainsKey("cnn_lstm.window") is not true
            && Given(spec, stage, agent) is { } template
            ? numbers.With("window", template.Window)
            : numbers;
    }

    /// <summary>What a stage of the run fits its pipeline by.</summary>
    internal static PipelineTemplate? Template(RunSpec spec, Stage stage, string? agent) =>
        Given(spec, stage, agent) ?? ModelPipelines.Standard(Stages.TypeName(stage, agent));

    private static PipelineTemplate? Given(RunSpec spec, Stage stage, string? agent) =>
        spec.Preprocessing.FirstOrDefault(template => template.ModelType == Stages.TypeName(stage, agent));

    private static void AddStrategy(ImmutableArray<JobSpec>.Builder jobs, RunSpec spec, string strategy)
    {
        var encoder = $"{Stages.TypeName(Stage.CnnLstm)}/{strategy}";
        if (spec.Stages.Contains(Stage.CnnLstm))
        {
            jobs.Add(Job(spec, encoder, Stage.CnnLstm, strategy, null, []));
        }

        foreach (var agent in spec.Agents)
        {
            var policy = $"{Stages.TypeName(Stage.Agent, agent)}/{strategy}";
            if (spec.Stages.Contains(Stage.Agent))
            {
                jobs.Add(Job(spec, policy, Stage.Agent, strategy, agent, Present(jobs, encoder)));
            }

            if (spec.Stages.Contains(Stage.Hybrid))
            {
                jobs.Add(Job(spec, HybridId(strategy, agent), Stage.Hybrid, strategy, agent,
                    Present(jobs, encoder, policy)));
            }
        }
    }

    private static JobSpec Ensemble(RunSpec spec, ImmutableArray<JobSpec>.Builder jobs) =>
        Job(spec, $"{Stages.TypeName(Stage.Ensemble)}/{EnsembleName}", Stage.Ensemble, null, null,
            [.. jobs.Where(job => job.Stage == Stage.Hybrid).Select(job => job.Id)]);

    private static string HybridId(string strategy, string agent) =>
        $"{Stages.TypeName(Stage.Hybrid)}/{Stages.HybridName(strategy, agent)}";

    private static ImmutableArray<string> Present(
        ImmutableArray<JobSpec>.Builder jobs, params ReadOnlySpan<string> ids)
    {
        var present = ImmutableArray.CreateBuilder<string>();
        foreach (var id in ids)
        {
            if (jobs.Any(job => job.Id == id))
            {
                present.Add(id);
            }
        }

        return present.ToImmutable();
    }

    private static JobSpec Job(
        RunSpec spec,
        string id,
        Stage stage,
        string? strategy,
        string? agent,
        ImmutableArray<string> dependsOn)
    {
        var members = strategy is null ? spec.Strategies : [strategy];
        return new JobSpec
        {
            Id = id,
            Stage = stage,
            Strategy = strategy,
            Agent = agent,
            Members = members,
            DataName = spec.DataName,
            Data = spec.Data,
            Seed = spec.Seed,
            ThreadsPerJob = spec.ThreadsPerJob,
            Timeout = spec.JobTimeout,
            FeeRatio = spec.FeeRatio,
            Frictions = spec.Frictions,
            Definitions = spec.Definitions,
            HyperParameters = Numbers(spec, stage, agent),
            Preprocessing = stage is Stage.CnnLstm or Stage.Agent ? Template(spec, stage, agent) : null,
            StrategyParameters = spec.Definitions.Canonical(members),
            DependsOn = dependsOn,
            GivenInputs = Given(spec, stage, agent, members),
            Fault = spec.Fault is { } fault && fault.JobId == id ? fault : null,
        };
    }

    private static ImmutableArray<JobInput> Given(
        RunSpec spec, Stage stage, string? agent, ImmutableArray<string> members) =>
        [.. spec.Inputs
            .Where(input => members.Contains(input.Strategy) && RunSpecRules.Reads(spec, stage, input.Role)
                && (input.Role != InputRoles.Policy || input.Agent == agent))
            .Select(input => new JobInput(
                input.Role, input.VersionId.Split('@')[0], input.VersionId, input.Digest))];
}
