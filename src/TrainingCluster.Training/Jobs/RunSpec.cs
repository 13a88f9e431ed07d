using System.Text.Json.Serialization;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.MarketData.Content;
using TrainingCluster.Trading.Simulation;

namespace TrainingCluster.Training.Jobs;

/// <summary>
/// Everything that decides what a run computes. Two runs of equal specs give the same bytes.
/// </summary>
public sealed record RunSpec
{
    /// <summary>What the data set is called, for people; it decides nothing.</summary>
    public required string DataName { get; init; }

    /// <summary>Of the bars themselves.</summary>
    public required Digest Data { get; init; }

    /// <summary>Names of the strategy catalog or of <see cref="Definitions"/>, each at most once.</summary>
    public required ImmutableArray<string> Strategies { get; init; }

    public required ImmutableArray<Stage> Stages { get; init; }

    /// <summary>Names of reinforcement learners: see <see cref="Stages.Agents"/>.</summary>
    public required ImmutableArray<string> Agents { get; init; }

    public required BudgetName Budget { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>
    /// Threads of one job, at least 1. Part of the spec, because the number changes the bytes.
    /// </summary>
    public int ThreadsPerJob { get; init; } = 1;

    /// <summary>Longest time that one job may run.</summary>
    public TimeSpan JobTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Cost of a unit of turnover, as a ratio of its value; 0.0005 is five basis points.</summary>
    public double FeeRatio { get; init; } = 0.0005;

    /// <summary>What trading costs beside the fee. None where a run was written before there were any: what reads
    /// JSON leaves out initial values.</summary>
    public TradingFrictions Frictions
    {
        get => field ?? TradingFrictions.None;
        init;
    }

    /// <summary>Fee and frictions together.</summary>
    [JsonIgnore]
    public CostModel Costs => Frictions.With(FeeRatio);

    /// <summary>Definitions of strategies that are not the catalog's own.</summary>
    public StrategyDefinitions Definitions
    {
        get => field ?? StrategyDefinitions.None;
        init;
    }

    /// <summary>Where each symbol's bars came from and what was done to them; decides nothing.</summary>
    public ImmutableArray<DataOrigin> Origins
    {
        get => field.IsDefault ? [] : field;
        init;
    }

    public BudgetOverrides? Overrides { get; init; }

    /// <summary>Templates that stand in for the standard ones, one a model type at most. The window of an encoder's
    /// is the window of the run, unless the overrides name one.</summary>
    public ImmutableArray<PipelineTemplate> Preprocessing
    {
        get => field.IsDefault ? [] : field;
        init;
    }

    /// <summary>Earlier versions that stand in for stages which this run does not train.</summary>
    public ImmutableArray<InputVersion> Inputs { get; init; } = [];

    /// <summary>A fault to inject, for tests of the recovery; part of no digest.</summary>
    public FaultInjection? Fault { get; init; }
}

/// <summary>A file of an earlier version that a run starts from.</summary>
/// <param name="Role">One of <see cref="InputRoles"/>.</param>
/// <param name="Strategy">The strategy it belongs to.</param>
/// <param name="VersionId">The version, "cnn_lstm/rsi_mean_reversion@1.0.0".</param>
/// <param name="Digest">Of the file.</param>
public sealed record InputVersion(string Role, string Strategy, string VersionId, Digest Digest)
{
    /// <summary>Of a policy: the agent that learned it, which is its model's type.</summary>
    [JsonIgnore]
    public string Agent => VersionId.Split('/')[0];
}

/// <summary>A fault on purpose: the gradients of some steps of one job become NaN.</summary>
/// <param name="JobId">The job it happens to.</param>
/// <param name="NanGradientAtSteps">Steps of the job's own count; a step that the recovery skips does no
/// harm.</param>
public sealed record FaultInjection(string JobId, ImmutableSortedSet<long> NanGradientAtSteps)
{
    public static FaultInjection NanGradientAt(string jobId, params ReadOnlySpan<long> steps) =>
        new(jobId, [.. steps.ToArray()]);
}

/// <summary>A run was asked for that cannot be run. The message lists every violation.</summary>
public sealed class RunSpecException(ImmutableArray<string> violations)
    : Exception("this run cannot start:\n  " + string.Join("\n  ", violations))
{
    public ImmutableArray<string> Violations { get; } = violations;
}
