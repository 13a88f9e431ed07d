using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrainingCluster.Training.Jobs;

/// <summary>
/// The evidence behind a job's metrics: what its model did on bars that the learner never saw, and how it was
/// trained. Numbers that are not defined are null; NaN and infinities do not occur in the JSON.
/// </summary>
public sealed record JobEvaluation
{
    public int FormatVersion { get; init; } = 1;

    public required string JobId { get; init; }

    public required Stage Stage { get; init; }

    public required string? Strategy { get; init; }

    public required string? Agent { get; init; }

    /// <summary>First decision bar of the test window, as an index into the bars; 0 where there are several symbols,
    /// whose own are in <see cref="Symbols"/>.</summary>
    public required int FirstBar { get; init; }

    /// <summary>Stamps of the decision bars of the test window, Unix milliseconds UTC.</summary>
    public required ImmutableArray<long> TimesUtcMilliseconds { get; init; }

    /// <summary>Position held after each decision bar of the test window, −1 to 1; of several symbols the share of
    /// the account that is in the market, 0 to 1.</summary>
    public required ImmutableArray<double> Positions { get; init; }

    /// <summary>The honest rule: a decision at a close fills at the next open.</summary>
    public required FillOutcome NextOpen { get; init; }

    /// <summary>
    /// Fills at the next close: shown beside, because on some data the open is no price one could trade at.
    /// </summary>
    public required FillOutcome NextClose { get; init; }

    /// <summary>
    /// The same model on the validation window, the only outcome that a choice may look at.
    /// </summary>
    public required FillOutcome? Validation { get; init; }

    /// <summary>
    /// Further numbers: test_accuracy, validation_accuracy, barrier_balanced_accuracy, threshold …
    /// </summary>
    public required ImmutableSortedDictionary<string, double?> Scores { get; init; }

    /// <summary>Each symbol by itself, where there are several: the numbers above are then those of one account that
    /// gives each the same share. Null with one symbol.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<SymbolEvaluation>? Symbols { get; init; }

    public ImmutableArray<TrainingCurve> Curves { get; init; } = [];

    public ImmutableArray<TrainingEvent> Events { get; init; } = [];

    /// <summary>Strategies of an ensemble, in the order of <see cref="Weights"/>.</summary>
    public ImmutableArray<string> Members { get; init; } = [];

    /// <summary>By decision bar, then member; ensembles only. Each bar's weights sum to 1.</summary>
    public ImmutableArray<ImmutableArray<double>> Weights { get; init; } = [];

    /// <summary>Name of the market regime of each decision bar; ensembles only.</summary>
    public ImmutableArray<string> Regimes { get; init; } = [];

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, EvaluationJson.Default.JobEvaluation);

    /// <exception cref="JsonException">The bytes are no evaluation.</exception>
    public static JobEvaluation FromJson(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, EvaluationJson.Default.JobEvaluation)
        ?? throw new JsonException("an evaluation must be a JSON object, not null");
}

/// <summary>What a model did on one of several symbols; members as in <see cref="JobEvaluation"/>.</summary>
/// <param name="Weights">By decision bar, then member; ensembles only.</param>
/// <param name="Regimes">By decision bar; ensembles only.</param>
public sealed record SymbolEvaluation(
    string Symbol,
    int FirstBar,
    ImmutableArray<long> TimesUtcMilliseconds,
    ImmutableArray<double> Positions,
    FillOutcome NextOpen,
    FillOutcome NextClose,
    FillOutcome Validation,
    ImmutableArray<ImmutableArray<double>> Weights,
    ImmutableArray<string> Regimes);

/// <summary>A series of training telemetry.</summary>
/// <param name="Phase">"fold 1/3", "fit", "ppo".</param>
/// <param name="Name">"loss", "validation_loss", "learning_rate", "reward".</param>
/// <param name="Steps">The job's step at each point.</param>
/// <param name="Values">As long as <paramref name="Steps"/>; null where not defined.</param>
public sealed record TrainingCurve(
    string Phase, string Name, ImmutableArray<long> Steps, ImmutableArray<double?> Values);

/// <summary>Something that happened to the training.</summary>
/// <param name="Kind">"early_stop", "skipped_step", "learning_rate_scaled", "clip_scaled".</param>
public sealed record TrainingEvent(long Step, string Phase, string Kind, string Detail);
