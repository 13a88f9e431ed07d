using System.Collections.Immutable;
using System.CommandLine;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Options;
using TrainingCluster.Node.Configuration;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>The reinforcement learners of a train command.</summary>
internal static class AgentWords
{
    private static string Known => string.Join(", ", Stages.Agents);

    /// <param name="what">What the agents are to the command.</param>
    public static Option<ImmutableArray<string>> Option(string what) =>
        RunOptions.Names("--agents", $"{what}: {Known}", Stages.DefaultAgent);

    /// <summary>The names as they were given.</summary>
    /// <exception cref="UserErrorException">None is given, one is unknown or given twice; all that is wrong is
    /// said.</exception>
    public static ImmutableArray<string> Read(ImmutableArray<string> names)
    {
        string[] unknown = [.. names.Where(name => !Stages.Agents.Contains(name)).Distinct()];
        string[] wrong =
        [
            .. names.IsEmpty ? [$"--agents names no agent; there are: {Known}"] : Array.Empty<string>(),
            .. unknown.Select(name => $"agent '{name}' is unknown; there are: {Known}"),
            .. names.GroupBy(name => name).Where(group => group.Count() > 1)
                .Select(group => $"agent '{group.Key}' is given {group.Count()} times; name it once"),
        ];
        return wrong.Length == 0 ? names : throw new UserErrorException(
            new UserError(ExitCode.Usage, "agent.unknown", wrong[0])
            {
                Details = [.. wrong.Skip(1)],
                Hints = [.. unknown.Select(Nearest).OfType<string>().Distinct()],
            });
    }

    private static string? Nearest(string unknown)
    {
        var plain = unknown.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
            .ToLowerInvariant();
        var nearest = Stages.Agents.MinBy(name => EditDistance.Between(name, plain))!;
        var meant = EditDistance.Between(nearest, plain) <= Math.Max(1, plain.Length / 3)
            ? nearest
            : Stages.Agents.FirstOrDefault(name => plain.Length > 2 && name.Contains(plain, StringComparison.Ordinal));
        return meant is null ? null : $"did you mean '{meant}'?";
    }
}
