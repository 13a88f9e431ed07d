using System.Collections.Immutable;

namespace TrainingCluster.Cli.Errors;

/// <summary>A mistake or fault put in a person's terms: what happened, on what, and what to do.</summary>
/// <param name="ExitCode">One of <see cref="Cli.ExitCode"/>.</param>
/// <param name="Code">A stable name for programs, such as <c>data.violations</c>.</param>
/// <param name="Message">One line, lower case, names the thing, the value and the rule.</param>
internal sealed record UserError(int ExitCode, string Code, string Message)
{
    public ImmutableArray<string> Details { get; init; } = [];

    public ImmutableArray<string> Hints { get; init; } = [];
}

/// <summary>Ends a command with a <see cref="UserError"/>.</summary>
internal sealed class UserErrorException(UserError error) : Exception(error.Message)
{
    public UserError Error { get; } = error;
}
