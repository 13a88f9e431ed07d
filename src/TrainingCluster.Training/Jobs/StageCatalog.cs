using System.Globalization;
using TrainingCluster.Training.Agents;
using TrainingCluster.Training.CnnLstm;
using TrainingCluster.Training.Ensembles;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Hybrid;

namespace TrainingCluster.Training.Jobs;

/// <summary>
/// The stages that can be trained: the numbers of each budget, and who carries the job out.
/// </summary>
internal static class StageCatalog
{
    /// <summary>One line a stage; agents have lines of their own, and so has a hybrid of each.</summary>
    private static readonly ImmutableArray<StageDefinition> Definitions =
    [
        new("cnn_lstm", null, CnnLstmBudgets.For, () => new CnnLstmJob(), CnnLstmBudgets.Optional),
        .. AgentCatalog.All.Select(agent => new StageDefinition(
            agent.Name, agent.Name, agent.Budget, () => new AgentJob(agent), RewardShaping.Optional)),
        .. AgentCatalog.All.Select(agent => new StageDefinition(
            "hybrid", agent.Name, agent.HybridBudget, () => new HybridJob(agent), RewardShaping.Optional)),
        new("ensemble", null, EnsembleBudgets.For, () => new EnsembleJob()),
    ];

    private static string Types => string.Join(", ", Definitions.Select(definition => definition.Type).Distinct());

    /// <summary>The hyper-parameters of a budget with the overrides that name the stage.</summary>
    public static HyperParameters Resolve(
        Stage stage, string? agent, BudgetName budget, BudgetOverrides? overrides)
    {
        var type = Stages.TypeName(stage, agent);
        var definition = Find(type, agent);
        var values = definition.Budget(budget);
        foreach (var (name, value) in overrides?.Values ?? ImmutableSortedDictionary<string, double>.Empty)
        {
            // A hybrid's override may be a number that the hybrids of other agents have.
            if (name.StartsWith(type + ".", StringComparison.Ordinal)
                && definition.Knows(name[(type.Length + 1)..]))
            {
                values = values.With(name[(type.Length + 1)..], value);
            }
        }

        return values;
    }

    /// <summary>Who carries out a job of the stage.</summary>
    public static IStageJob Job(JobSpec spec) =>
        Find(Stages.TypeName(spec.Stage, spec.Agent), spec.Agent).Create();

    /// <summary>What is wrong with the name of an override, or null.</summary>
    public static string? UnknownOverride(string name)
    {
        var parts = name.Split('.', 2);
        var definitions = Definitions.Where(one => one.Type == parts[0]).ToArray();
        if (definitions.Length == 0 || parts.Length < 2)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"override '{name}' names no stage; begin it with one of: {Types}");
        }

        return definitions.Any(definition => definition.Knows(parts[1]))
            ? null
            : $"override '{name}' is unknown; {parts[0]} has: "
                + string.Join(", ", definitions.SelectMany(definition => definition.Names).Distinct()
                    .Order(StringComparer.Ordinal));
    }

    private static StageDefinition Find(string type, string? agent) =>
        Definitions.FirstOrDefault(one => one.Type == type && (one.Agent is null || one.Agent == agent))
        ?? throw new NotSupportedException(
            $"stage '{type}' cannot be trained{(agent is null ? "" : $" with agent '{agent}'")}; there are: {Types}");

    /// <param name="Agent">Whose it is; null where no agent matters.</param>
    /// <param name="Optional">Names that a spec may set and budgets do not have.</param>
    private sealed record StageDefinition(
        string Type, string? Agent, Func<BudgetName, HyperParameters> Budget, Func<IStageJob> Create,
        HyperParameters? Optional = null)
    {
        public IEnumerable<string> Names => Budget(BudgetName.Quick).Values
            .AddRange(Optional?.Values ?? HyperParameters.Empty.Values).Keys;

        public bool Knows(string name) => Names.Contains(name, StringComparer.Ordinal);
    }
}
