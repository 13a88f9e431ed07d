using System.Collections.Immutable;
using TrainingCluster.Registry.Versions;

namespace TrainingCluster.Registry.Rules;

/// <summary>What must hold before a version may be registered.</summary>
internal static class RegistrationRules
{
    public static ImmutableArray<RegistrationProblem> Check(RegistryState state, RegisterVersion command)
    {
        var problems = ImmutableArray.CreateBuilder<RegistrationProblem>();
        if (ModelTypes.StageOf(command.Model.Type) is null)
        {
            problems.Add(new RegistrationProblem("unknown_type",
                $"the model type is '{command.Model.Type}'; it must be one of {string.Join(", ", ModelTypes.All)}"));
        }

        CheckFiles(command.Files, problems);
        foreach (var edge in command.Lineage.Edges)
        {
            CheckEdge(state, command.Model, edge, problems);
        }

        return problems.ToImmutable();
    }

    private static void CheckFiles(
        ImmutableArray<ArtifactFile> files, ImmutableArray<RegistrationProblem>.Builder problems)
    {
        if (!files.Any(file => file.Role == ArtifactFile.ModelRole))
        {
            problems.Add(new RegistrationProblem("files",
                $"there is no file with the role '{ArtifactFile.ModelRole}'; a version must have one"));
        }

        foreach (var role in files.GroupBy(file => file.Role).Where(group => group.Count() > 1))
        {
            problems.Add(new RegistrationProblem("files",
                $"the role '{role.Key}' has {role.Count()} files; it must have one"));
        }

        foreach (var file in files.Where(file => file.Size < 1))
        {
            problems.Add(new RegistrationProblem("files",
                $"the file '{file.Role}' has {file.Size} bytes; it must have at least 1"));
        }
    }

    private static void CheckEdge(
        RegistryState state,
        ModelName model,
        LineageEdge edge,
        ImmutableArray<RegistrationProblem>.Builder problems)
    {
        if (!state.Versions.TryGetValue(edge.Target, out var target))
        {
            problems.Add(new RegistrationProblem("edge_missing",
                $"the lineage names {edge.Target}, which is not registered; register it first"));
            return;
        }

        if (target.Digest != edge.Digest)
        {
            problems.Add(new RegistrationProblem("edge_digest",
                $"the lineage names {edge.Target} with {edge.Digest}, but it is {target.Digest}"));
        }

        var isInOrder = edge.Relation == LineageRelation.DerivedFrom
            ? edge.Target.Model.Type == model.Type
            : ModelTypes.StageOf(edge.Target.Model.Type) < ModelTypes.StageOf(model.Type);
        if (!isInOrder)
        {
            problems.Add(new RegistrationProblem("stage_order",
                edge.Relation == LineageRelation.DerivedFrom
                    ? $"{model} cannot be derived from {edge.Target}; both must be of one type"
                    : $"{model} cannot be built from {edge.Target}; components must come from an earlier stage "
                        + "(cnn_lstm, then agents, then hybrid, then ensemble)"));
        }
    }
}
