using System.Collections.Immutable;

namespace TrainingCluster.Features.Preprocessing;

/// <summary>What a pipeline does, before it is fitted.</summary>
/// <param name="ModelType">Which models it is for, such as <c>cnn_lstm</c>.</param>
/// <param name="Version">Rises with every change of a template.</param>
/// <param name="Window">Bars of a window, at least 1.</param>
/// <param name="Steps">In order, as text.</param>
public sealed record PipelineTemplate(string ModelType, int Version, int Window, ImmutableArray<string> Steps)
{
    /// <summary>Of the standard templates.</summary>
    public const int CurrentVersion = 2;

    private const int StandardWindow = 60;

    private static readonly ImmutableArray<string> Inputs =
    [
        "features", "source_columns(starting=sentiment)", "fill(method=zero; starting=x_sentiment)",
        "source_columns", "fill(method=forward; most=5)",
    ];

    private static readonly ImmutableArray<string> End =
        ["require(missing=0.5; rows=30)", "scale(method=robust; clip=5)"];

    /// <summary>One a model type: inputs, missing values, indicators, sentiment where the source has it (a bar
    /// without one is neutral, 0), robust scaling, windows of 60; agents get what rewards are shaped by as
    /// well.</summary>
    public static ImmutableArray<PipelineTemplate> Standard { get; } =
    [
        new("cnn_lstm", CurrentVersion, StandardWindow, [.. Inputs, .. End]),
        .. new[] { "ppo", "sac", "td3", "dqn", "deepscalper" }.Select(agent => new PipelineTemplate(
            agent, CurrentVersion, StandardWindow, [.. Inputs, "reward_features(bars=20)", .. End])),
        new("hybrid", CurrentVersion, StandardWindow, [.. Inputs, "reward_features(bars=20)", .. End]),
        new("ensemble", CurrentVersion, StandardWindow, [.. Inputs, "reward_features(bars=20)", .. End]),
    ];

    /// <exception cref="ArgumentException">There is no template for the type; the message lists those there
    /// are.</exception>
    public static PipelineTemplate For(string modelType) =>
        Standard.FirstOrDefault(template => template.ModelType == modelType) ?? throw new ArgumentException(
            $"there is no template for '{modelType}'; there are "
            + string.Join(", ", Standard.Select(template => template.ModelType)), nameof(modelType));

    /// <summary>With further steps before the last one, which scales.</summary>
    public PipelineTemplate With(params ImmutableArray<string> steps) =>
        this with { Steps = [.. Steps[..^1], .. steps, Steps[^1]] };

    /// <summary>Scaled by another method: robust, standard or minmax.</summary>
    public PipelineTemplate ScaledBy(string method) =>
        this with { Steps = [.. Steps[..^1], $"scale(method={method}; clip=5)"] };

    public bool Equals(PipelineTemplate? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>All of it on one line: the same text, the same template.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{ModelType} version {Version}, windows of {Window}: {string.Join(" | ", Steps)}");
}
