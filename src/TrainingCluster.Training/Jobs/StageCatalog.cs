using System.Globalization;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Ensembles;
using TrainingCluster.Training.Hybrid;
using TrainingCluster.Training.Ppo;

namespace TrainingCluster.Training.Jobs;

/// <summary>
/// The stages that can be trained: the numbers of each budget, and who carries the job out.
/// </summary>
internal static class StageCatalog
{
    /// <summary>One line a stage; a new agent is a new line.</summary>
    private static readonly ImmutableArray<StageDefinition> Definitions =
    [
        new("cnn_lstm", CnnLstmBudgets.For, () => new CnnLstmJob(), CnnLstmBudgets.Optional),
        new("ppo", PpoBudgets.For, () => new PpoJob(), PpoBudgets.Optional),
        new("hybrid", HybridBudgets.For, () => new HybridJob(), PpoBudgets.Optional),
        new("ensemble", EnsembleBudgets.For, () => new EnsembleJob()),
    ];

    private static string Types => string.Join(", ", Definitions.Select(definition => definition.Type));

    /// <summary>The hyper-parameters of a budget with the overrides that name the stage.</summary>
    public static HyperParameters Resolve(
        Stage stage, string? agent, BudgetName budget, BudgetOverrides? overrides)
    {
        var type = Stages.TypeName(stage, agent);
        var values = Find(type).Budget(budget);
        foreach (var (name, value) in overrides?.Values ?? ImmutableSortedDictionary<string, double>.Empty)
        {
            if (name.StartsWith(type + ".", StringComparison.Ordinal))
            {
                values = values.With(name[(type.Length + 1)..], value);
            }
        }

        return values;
    }

    /// <summary>Who carries out a job of the stage.</summary>
    public static IStageJob Job(JobSpec spec) => Find(Stages.TypeName(spec.Stage, spec.Agent)).Create();

    /// <summary>What is wrong with the name of an override, or null.</summary>
    public static string? UnknownOverride(string name)
    {
        var parts = name.Split('.', 2);
        var definition = Definitions.FirstOrDefault(one => one.Type == parts[0]);
        if (definition is null || parts.Length < 2)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"override '{name}' names no stage; begin it with one of: {Types}");
        }

        var known = definition.Budget(BudgetName.Quick).Values
            .AddRange(definition.Optional?.Values ?? HyperParameters.Empty.Values);
        return known.ContainsKey(parts[1])
            ? null
            : $"override '{name}' is unknown; {parts[0]} has: {string.Join(", ", known.Keys)}";
    }

    private static StageDefinition Find(string type) =>
        Definitions.FirstOrDefault(one => one.Type == type)
        ?? throw new NotSupportedException(
            $"stage '{type}' cannot be trained; there are: {Types}");

    /// <param name="Optional">Names that a spec may set and budgets do not have.</param>
    private sealed record StageDefinition(
        string Type, Func<BudgetName, HyperParameters> Budget, Func<IStageJob> Create,
        HyperParameters? Optional = null);
}
