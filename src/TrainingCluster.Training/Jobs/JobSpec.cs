using System.Globalization;
using System.Text;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.MarketData.Content;
using TrainingCluster.MarketData.Randomness;
using TrainingCluster.Trading.Simulation;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.Jobs;

/// <summary>One job of a run: a stage of a strategy, with every number resolved.</summary>
public sealed record JobSpec
{
    /// <summary>"cnn_lstm/rsi_mean_reversion", "ensemble/main": also the registry's model name.</summary>
    public required string Id { get; init; }

    public required Stage Stage { get; init; }

    /// <summary>Null for the ensemble.</summary>
    public required string? Strategy { get; init; }

    /// <summary>The learner's name where the stage is an agent or a hybrid of one, else null.</summary>
    public required string? Agent { get; init; }

    /// <summary>
    /// The strategies that the job works on: its own, or all members of the ensemble in order.
    /// </summary>
    public required ImmutableArray<string> Members { get; init; }

    public required string DataName { get; init; }

    public required Digest Data { get; init; }

    /// <summary>The run's seed; the job draws only from <see cref="JobSeed"/>.</summary>
    public required ulong Seed { get; init; }

    public required int ThreadsPerJob { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>Cost of a unit of turnover, as a ratio of its value.</summary>
    public required double FeeRatio { get; init; }

    /// <summary>What trading costs beside the fee.</summary>
    public TradingFrictions Frictions { get; init; } = TradingFrictions.None;

    /// <summary>Fee and frictions together: of environments, choices and evaluations alike.</summary>
    public CostModel Costs => Frictions.With(FeeRatio);

    public required HyperParameters HyperParameters { get; init; }

    /// <summary>By name, the definitions of strategies that are not the catalog's own; see
    /// <see cref="StrategyRules"/>.</summary>
    public StrategyDefinitions Definitions { get; init; } = StrategyDefinitions.None;

    /// <summary>Canonical text of the rules of <see cref="Members"/>: another rule, another job.</summary>
    public required string StrategyParameters { get; init; }

    /// <summary>Ids of the jobs of this run whose outputs it needs.</summary>
    public required ImmutableArray<string> DependsOn { get; init; }

    /// <summary>Inputs that come from earlier versions instead of jobs of this run.</summary>
    public required ImmutableArray<JobInput> GivenInputs { get; init; }

    /// <summary>What the job fits its pipeline by; null where it fits none: hybrids and ensembles read what their
    /// inputs were fitted with.</summary>
    public PipelineTemplate? Preprocessing { get; init; }

    public FaultInjection? Fault { get; init; }

    /// <summary>The origin of every random draw of this job.</summary>
    public Seed JobSeed => new Seed(Seed).For(Id);

    /// <summary>The rule of a strategy of this job.</summary>
    internal NamedRule Rule(string strategy) => Definitions.Named(strategy);

    /// <summary>
    /// The identity of what the job computes: everything that can change its bytes, and nothing else (no run
    /// id, no clock, no path, no timeout, no display name).
    /// </summary>
    /// <param name="inputs">All inputs of the job; their order does not matter.</param>
    public Digest SpecDigest(ImmutableArray<JobInput> inputs)
    {
        var text = new StringBuilder();
        void Line(string key, object? value) =>
            text.Append(CultureInfo.InvariantCulture, $"{key}={value}\n");

        Line("format", 1);
        Line("job", Id);
        Line("stage", Stages.TypeName(Stage, Agent ?? "none"));
        Line("agent", Agent);
        Line("members", string.Join(",", Members));
        Line("rules", StrategyParameters);
        Line("data", Data.Hex);
        Line("seed", Seed);
        Line("threads", ThreadsPerJob);
        Line("fee", FeeRatio.ToString("R", CultureInfo.InvariantCulture));
        foreach (var (name, value) in Frictions.Named.Where(friction => friction.Value != friction.Standard)
            .Select(friction => (friction.Name, friction.Value)))
        {
            Line(name, value.ToString("R", CultureInfo.InvariantCulture));
        }

        foreach (var (name, value) in HyperParameters.Values
            .OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Line("hyper." + name, value.ToString("R", CultureInfo.InvariantCulture));
        }

        if (Preprocessing is not null)
        {
            Line("preprocessing", Preprocessing);
        }

        foreach (var line in inputs.Select(input => $"{input.Role}:{input.JobId}:{input.Digest.Hex}")
            .Order(StringComparer.Ordinal))
        {
            Line("input", line);
        }

        return Digest.Of(text.ToString());
    }
}
