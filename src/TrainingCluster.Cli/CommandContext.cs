namespace TrainingCluster.Cli;

/// <summary>What the process gives to every command.</summary>
/// <param name="Arguments">As typed, for the report's "reproduce" line.</param>
internal sealed record CommandContext(CliConsole Console, TimeProvider Clock, string[] Arguments);
