using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Models.Artifacts;
using TrainingCluster.Training.Checkpoints;
using TrainingCluster.Training.Policies;
using TrainingCluster.Training.Preparation;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.Training.Jobs;

/// <summary>What a stage's job has at hand.</summary>
/// <param name="Request">The spec, the bars and the inputs.</param>
/// <param name="Checkpoints">The state to continue from, and where to leave one.</param>
/// <param name="Progress">Takes the news, on the calling thread.</param>
internal sealed record StageContext(
    JobRequest Request, CheckpointSession Checkpoints, IProgress<JobProgress> Progress)
{
    public JobSpec Spec => Request.Spec;

    /// <summary>A thread beside the job's own for half of a learner's arithmetic; null where one thread does all. It
    /// changes no bit.</summary>
    public SecondThread? Second { get; init; }

    /// <summary>The strategy that the job is about.</summary>
    /// <param name="who">What needs one, in words.</param>
    /// <exception cref="JobInputException">It names none.</exception>
    public NamedRule Strategy(string who) => Spec.Rule(Spec.Strategy
        ?? throw new JobInputException($"job {Spec.Id} names no strategy; {who} needs one"));

    public RecoveryPlan Recovery => Request.Recovery;

    public HyperParameters HyperParameters => Spec.HyperParameters;

    /// <summary>The origin of every random draw of the job.</summary>
    public Seed Seed => Spec.JobSeed;

    /// <summary>True where a test wants the gradient of this step to be NaN.</summary>
    public bool PoisonsGradientAt(long step) =>
        Spec.Fault is { } fault && fault.NanGradientAtSteps.Contains(step);

    /// <summary>The inputs of a role, in the order of their job ids.</summary>
    public ImmutableArray<JobInput> Inputs(string role) =>
        [.. Request.Inputs.Where(input => input.Role == role)
            .OrderBy(input => input.JobId, StringComparer.Ordinal)];

    /// <summary>The one input of a role, read and verified.</summary>
    /// <exception cref="JobInputException">There is none, or more than one.</exception>
    /// <exception cref="ArtifactFormatException">Its bytes are no artifact.</exception>
    public ModelArtifact Input(string role)
    {
        var inputs = Inputs(role);
        return inputs is [var input]
            ? ModelArtifact.Parse(Request.Artifacts.Get(input.Digest))
            : throw new JobInputException(
                $"job {Spec.Id} has {inputs.Length} inputs of role '{role}'; it needs exactly one");
    }

    public void Report(
        string phase, long step, long totalSteps, params ReadOnlySpan<(string Name, double Value)> values) =>
        Progress.Report(new JobProgress(Spec.Id, phase, step, totalSteps, HyperParameters.Of(values).Values));
}

/// <summary>A job was started without what it reads.</summary>
public sealed class JobInputException(string message) : Exception(message);
