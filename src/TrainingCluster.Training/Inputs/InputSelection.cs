using TrainingCluster.MarketData.Content;
using TrainingCluster.Registry.Rules;
using TrainingCluster.Registry.Versions;
using TrainingCluster.Registry.Views;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Training.Inputs;

/// <summary>What a run of single stages is to start from.</summary>
/// <param name="Stages">The stages that the run trains.</param>
/// <param name="Agents">Whose policies hybrids, and whose hybrids ensembles are to read.</param>
/// <param name="Versions">Versions that a person named, each for the strategy it was trained on; where none is named
/// the newest version of the right type, strategy and data is taken.</param>
public sealed record InputRequest(
    ImmutableArray<Stage> Stages,
    ImmutableArray<string> Strategies,
    ImmutableArray<string> Agents,
    Digest Data,
    ImmutableArray<string> Versions);

/// <summary>No earlier version fits what a run needs. The message lists every violation.</summary>
public sealed class InputSelectionException(ImmutableArray<string> violations)
    : Exception("the stages cannot start from earlier versions:\n  " + string.Join("\n  ", violations))
{
    public ImmutableArray<string> Violations { get; } = violations;
}

/// <summary>Picks the earlier versions that stand in for stages which a run does not train.</summary>
public static class InputSelection
{
    /// <exception cref="InputSelectionException">A version is missing, unknown, or was trained on other bars:
    /// out-of-fold
    /// outputs and positions belong to the bars they were made from.</exception>
    public static ImmutableArray<InputVersion> Select(InputRequest request, RegistryState registry)
    {
        var violations = ImmutableArray.CreateBuilder<string>();
        var named = Named(request, registry, violations);
        var inputs = ImmutableArray.CreateBuilder<InputVersion>();
        foreach (var strategy in request.Strategies)
        {
            foreach (var (type, name, roles) in Needs(request, strategy))
            {
                var version = named.FirstOrDefault(version => Fits(version, type, name))
                    ?? Newest(registry, type, name, request.Data);
                if (version is null)
                {
                    violations.Add($"there is no {type}/{name} that was trained on these bars; train it first, "
                        + "or name another data file");
                    continue;
                }

                Add(inputs, violations, version, strategy, roles);
            }
        }

        violations.AddRange(named.Where(version => !inputs.Any(input => input.VersionId == version.Id.ToString()))
            .Select(version => $"{version.Id} is read by no job of this run, whose strategies are "
                + $"{string.Join(", ", request.Strategies)} and whose agents are {string.Join(", ", request.Agents)}; "
                + "name its strategy and its agent, or leave it out"));
        return violations.Count == 0
            ? inputs.ToImmutable()
            : throw new InputSelectionException(violations.ToImmutable());
    }

    private static IEnumerable<(string Type, string Name, ImmutableArray<(string FileRole, string InputRole)> Roles)>
        Needs(InputRequest request, string strategy)
    {
        var stages = request.Stages;
        var trainsAgentOrHybrid = stages.Contains(Stage.Agent) || stages.Contains(Stage.Hybrid);
        if (trainsAgentOrHybrid && !stages.Contains(Stage.CnnLstm))
        {
            yield return (Stages.TypeName(Stage.CnnLstm), strategy,
                [(FileRoles.Model, InputRoles.Encoder), (FileRoles.OutOfFold, InputRoles.OutOfFold)]);
        }

        if (stages.Contains(Stage.Hybrid) && !stages.Contains(Stage.Agent))
        {
            foreach (var agent in request.Agents)
            {
                yield return (agent, strategy, [(FileRoles.Model, InputRoles.Policy)]);
            }
        }

        if (stages.Contains(Stage.Ensemble) && !stages.Contains(Stage.Hybrid))
        {
            foreach (var agent in request.Agents)
            {
                yield return (Stages.TypeName(Stage.Hybrid), Stages.HybridName(strategy, agent),
                    [(FileRoles.Model, InputRoles.Hybrid)]);
            }
        }
    }

    private static ModelVersion[] Named(
        InputRequest request, RegistryState registry, ImmutableArray<string>.Builder violations)
    {
        var found = new List<ModelVersion>();
        foreach (var text in request.Versions)
        {
            switch (VersionQuery.Resolve(registry, text))
            {
                case VersionFound { Version: var version } when version.Lineage.Data != request.Data:
                    violations.Add($"{version.Id} was trained on {version.Lineage.DataName} "
                        + $"({version.Lineage.Data.Short}), "
                        + $"not on these bars ({request.Data.Short}); name the file it was trained on");
                    break;
                case VersionFound { Version: var version }:
                    found.Add(version);
                    break;
                case VersionAmbiguous ambiguous:
                    violations.Add(ambiguous.Message);
                    break;
                case VersionUnknown unknown:
                    violations.Add(unknown.Reason);
                    break;
            }
        }

        return [.. found];
    }

    private static void Add(
        ImmutableArray<InputVersion>.Builder inputs,
        ImmutableArray<string>.Builder violations,
        ModelVersion version,
        string strategy,
        ImmutableArray<(string FileRole, string InputRole)> roles)
    {
        foreach (var (fileRole, inputRole) in roles)
        {
            if (version.File(fileRole) is { } file)
            {
                inputs.Add(new InputVersion(inputRole, strategy, version.Id.ToString(), file.Digest));
            }
            else
            {
                violations.Add($"{version.Id} has no file '{fileRole}', which this stage reads; train it again");
            }
        }
    }

    private static ModelVersion? Newest(RegistryState registry, string type, string name, Digest data) =>
        registry.Versions.Values
            .Where(version => Fits(version, type, name) && version.Lineage.Data == data)
            .MaxBy(version => version.Id.Version);

    private static bool Fits(ModelVersion version, string type, string name) =>
        version.Id.Model.Type == type && version.Id.Model.Name == name;
}
