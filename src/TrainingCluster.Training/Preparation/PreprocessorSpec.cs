using System.Text.Json.Serialization;
using TrainingCluster.Features.Labels;
using TrainingCluster.Trading.Strategies;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Preparation;

/// <summary>
/// How bars become a model's inputs: fitted once on the training window, stored in every artifact, and
/// required again whenever the model reads bars. A model never sees features that were made differently.
/// </summary>
public sealed record PreprocessorSpec
{
    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 2;

    public int Version { get; init; } = CurrentVersion;

    public required string Strategy { get; init; }

    /// <summary>The rule with its numbers, as canonical text.</summary>
    public required string StrategyParameters { get; init; }

    /// <summary>The rule's definition where it is not one of the catalog with its own settings.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StrategyDefinition { get; init; }

    /// <summary>Bars of a window.</summary>
    public required int Window { get; init; }

    public required BarrierOptions Barriers { get; init; }

    /// <summary>The steps, what was fitted and from which bars; their outputs are the features, in order.</summary>
    public required SavedPipelines Pipelines { get; init; }

    internal ImmutableArray<string> Features => Pipelines.All.Fitted.Outputs;

    /// <summary>The rule that the model was trained with, from what is stored here alone.</summary>
    internal NamedRule Rule() => StrategyDefinition is { } text
        ? new NamedRule(Strategy, StrategyDefinitions.Parse(Strategy, text), text)
        : new NamedRule(Strategy, StrategyCatalog.Get(Strategy));

    /// <exception cref="PreprocessorMismatchException">The versions, rules or windows differ.</exception>
    public PreprocessorSpec Required(string strategy, string strategyParameters, int window)
    {
        var violations = new List<string>();
        if (Version != CurrentVersion)
        {
            violations.Add($"version is {Version}; this program reads {CurrentVersion}");
        }

        if (Strategy != strategy)
        {
            violations.Add($"strategy is '{Strategy}'; the job's is '{strategy}'");
        }
        else if (StrategyParameters != strategyParameters)
        {
            violations.Add($"rule is '{StrategyParameters}'; this program's is '{strategyParameters}'");
        }

        if (Window != window)
        {
            violations.Add($"window is {Window}; the job's is {window}");
        }

        return violations.Count == 0 ? this : throw new PreprocessorMismatchException([.. violations]);
    }
}

/// <summary>A model was fitted on inputs that this job does not make.</summary>
public sealed class PreprocessorMismatchException(ImmutableArray<string> violations)
    : Exception("the model's preprocessor does not fit this job: " + string.Join("; ", violations)
        + "; train the encoder again")
{
    public ImmutableArray<string> Violations { get; } = violations;
}
