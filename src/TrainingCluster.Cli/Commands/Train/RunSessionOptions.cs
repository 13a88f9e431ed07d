using System.CommandLine;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cli.Output;
using TrainingCluster.Node.Configuration;

namespace TrainingCluster.Cli.Commands.Train;

/// <summary>Where and how a run goes on; nothing of it changes what the run computes.</summary>
internal sealed record RunSessionOptions(string StateDirectory, Settings Settings, OutputFormat Output, bool Quiet)
{
    public static RunSessionOptions Of(ParseResult parsed, Option<int?> slots) => new(
        parsed.GetRequiredValue(CommonOptions.State).FullName,
        SettingsSources.Load(slots, parsed),
        parsed.GetValue(CommonOptions.Output),
        parsed.GetValue(CommonOptions.Quiet));
}
