using System.Globalization;
using TrainingCluster.Features.Preprocessing;
using TrainingCluster.Training.Environments.Market;
using TrainingCluster.Training.Preparation;

namespace TrainingCluster.Training.Jobs;

/// <summary>What must hold of a run before anything of it starts.</summary>
internal static class RunSpecRules
{
    /// <summary>
    /// Every violation, each naming the value, the rule and the way out; empty for a good spec.
    /// </summary>
    public static ImmutableArray<string> Violations(RunSpec spec)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        Names(spec, found);
        Numbers(spec, found);
        foreach (var stage in spec.Stages.Distinct())
        {
            Missing(spec, stage, found);
        }

        foreach (var name in spec.Overrides?.Values.Keys ?? [])
        {
            if (StageCatalog.UnknownOverride(name) is { } violation)
            {
                found.Add(violation);
            }
        }

        Preprocessing(spec, found);
        Shaping(spec, found);
        return found.ToImmutable();
    }

    /// <summary>True where a job of the stage reads the role from outside the run.</summary>
    public static bool Reads(RunSpec spec, Stage stage, string role) => (stage, role) switch
    {
        (Stage.Agent or Stage.Hybrid, InputRoles.Encoder or InputRoles.OutOfFold) =>
            !spec.Stages.Contains(Stage.CnnLstm),
        (Stage.Hybrid, InputRoles.Policy) => !spec.Stages.Contains(Stage.Agent),
        (Stage.Ensemble, InputRoles.Hybrid) => !spec.Stages.Contains(Stage.Hybrid),
        _ => false,
    };

    private static void Preprocessing(RunSpec spec, ImmutableArray<string>.Builder found)
    {
        Once([.. spec.Preprocessing.Select(template => template.ModelType)], "preprocessing", found);
        string[] types =
        [
            .. spec.Stages.Contains(Stage.CnnLstm) ? [Stages.TypeName(Stage.CnnLstm)] : Array.Empty<string>(),
            .. spec.Stages.Contains(Stage.Agent) ? spec.Agents : [],
        ];
        foreach (var template in spec.Preprocessing)
        {
            if (!types.Contains(template.ModelType))
            {
                found.Add($"preprocessing is for '{template.ModelType}', which this run does not fit; it fits: "
                    + $"{string.Join(", ", types)} (other stages read as their inputs were fitted)");
            }

            if (template.Steps.IsDefaultOrEmpty || template.Window < 1)
            {
                found.Add($"preprocessing of '{template.ModelType}' has no steps or a window of {template.Window} "
                    + "bars; there must be a step and a window of at least 1");
                continue;
            }

            foreach (var step in template.Steps)
            {
                try
                {
                    ModelPipelines.Catalogue.Get(StepSpec.Parse(step).Name);
                }
                catch (FormatException wrong)
                {
                    found.Add($"preprocessing of '{template.ModelType}': {wrong.Message}");
                }
            }
        }
    }

    private static void Shaping(RunSpec spec, ImmutableArray<string>.Builder found)
    {
        foreach (var (name, weight) in spec.Overrides?.Values.Where(one =>
            one.Key.EndsWith("." + RewardShaping.WeightName, StringComparison.Ordinal)) ?? [])
        {
            if (!(weight >= 0 && double.IsFinite(weight)))
            {
                found.Add(FormattableString.Invariant(
                    $"{name} is {weight}; it must be at least 0 and finite, where 0 leaves rewards as they are"));
            }
            else if (weight > 0 && spec.Preprocessing.Any(template => template.ModelType == name.Split('.')[0]
                && !template.Steps.IsDefault
                && !template.Steps.Any(step => step.StartsWith(RewardShaping.Step, StringComparison.Ordinal))))
            {
                found.Add(FormattableString.Invariant($"{name} is {weight}, but its preprocessing has no step ")
                    + $"'{RewardShaping.Step}', which rewards are shaped by; add it");
            }
        }
    }

    private static void Names(RunSpec spec, ImmutableArray<string>.Builder found)
    {
        if (spec.Strategies.IsDefaultOrEmpty)
        {
            found.Add($"strategies is empty; name at least one of: {string.Join(", ", StrategyRules.Names)}");
        }

        foreach (var strategy in spec.Strategies.Where(name => !spec.Definitions.Names.Contains(name)))
        {
            found.Add(
                $"strategy '{strategy}' is unknown; there are: {string.Join(", ", spec.Definitions.Names)}");
        }

        Once(spec.Strategies, "strategies", found);
        if (spec.Stages.IsDefaultOrEmpty)
        {
            found.Add("stages is empty; name at least one of: cnn_lstm, ppo, hybrid, ensemble");
        }

        var needsAgent = spec.Stages.Contains(Stage.Agent) || spec.Stages.Contains(Stage.Hybrid);
        if (needsAgent && spec.Agents.IsDefaultOrEmpty)
        {
            found.Add($"agents is empty; name at least one of: {string.Join(", ", Stages.Agents)}");
        }

        foreach (var agent in spec.Agents.Where(name => !Stages.Agents.Contains(name)))
        {
            found.Add($"agent '{agent}' is unknown; there are: {string.Join(", ", Stages.Agents)}");
        }

        Once(spec.Agents, "agents", found);
    }

    private static void Once(
        ImmutableArray<string> names, string key, ImmutableArray<string>.Builder found)
    {
        foreach (var twice in names.GroupBy(name => name).Where(group => group.Count() > 1))
        {
            found.Add($"{key} has '{twice.Key}' {twice.Count()} times; name it once");
        }
    }

    private static void Numbers(RunSpec spec, ImmutableArray<string>.Builder found)
    {
        if (spec.ThreadsPerJob is < 1 or > 64)
        {
            found.Add($"threads per job is {spec.ThreadsPerJob}; it must be 1 to 64");
        }

        if (spec.JobTimeout <= TimeSpan.Zero)
        {
            found.Add($"job timeout is {spec.JobTimeout}; it must be longer than zero");
        }

        if (!(spec.FeeRatio is >= 0 and < 0.1))
        {
            found.Add(string.Create(CultureInfo.InvariantCulture,
                $"fee ratio is {spec.FeeRatio}; it must be in [0, 0.1), where 0.0005 is 5 basis points"));
        }

        found.AddRange(spec.Frictions.Violations());
        var characters = spec.Definitions.Texts.Values.Sum(text => text.Length);
        if (characters > StrategyDefinitions.MostCharacters)
        {
            found.Add($"the definitions of strategies have {characters} characters; a run carries at most "
                + $"{StrategyDefinitions.MostCharacters}: train fewer of them at a time");
        }
    }

    private static void Missing(RunSpec spec, Stage stage, ImmutableArray<string>.Builder found)
    {
        string[] needed = stage switch
        {
            Stage.Agent => [InputRoles.Encoder, InputRoles.OutOfFold],
            Stage.Hybrid => [InputRoles.Encoder, InputRoles.OutOfFold, InputRoles.Policy],
            Stage.Ensemble => [InputRoles.Hybrid],
            _ => [],
        };
        foreach (var role in needed.Where(role => Reads(spec, stage, role)))
        {
            ImmutableArray<string?> agents = role == InputRoles.Policy ? [.. spec.Agents] : [null];
            foreach (var (strategy, agent) in spec.Strategies.SelectMany(_ => agents, (s, a) => (s, a)))
            {
                if (!spec.Inputs.Any(input => input.Role == role && input.Strategy == strategy
                    && (agent is null || input.Agent == agent)))
                {
                    found.Add(
                        $"stage '{Stages.TypeName(stage, "agent")}' of '{strategy}' needs an input '{role}'"
                        + (agent is null ? "" : $" of agent '{agent}'") + "; "
                        + "train the stage before it in the same run or name an earlier version of it");
                }
            }
        }
    }
}
