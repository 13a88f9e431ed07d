using System.CommandLine;
using TrainingCluster.Api.Documents;
using TrainingCluster.Cli.Options;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Runs;

namespace TrainingCluster.Cli.Commands.Runs;

/// <summary>
/// Commands on a state directory that no process holds: a node of its own takes them in, stores them and leaves.
/// </summary>
internal static class LocalCommands
{
    /// <param name="run">A run's id, the start of one, or 'latest'.</param>
    public static async Task<int> RunAsync(
        CommandContext context, ParseResult parsed, string run, string verb, Func<RunId, RunCommand> make)
    {
        var directory = parsed.GetRequiredValue(CommonOptions.State).FullName;
        var command = make(RunsShowCommand.Resolve(StateReader.Open(directory), run).Id);
        await using var host = await ClusterHost.StartAsync(new ClusterHostOptions
        {
            StateDirectory = directory,
            TimeProvider = context.Clock,
            Config = SettingsSources.Load().Effective,
        });
        var accepted = await host.Client.DoAsync(command);
        return CommandReply.Print(
            context, parsed, new AcceptedDocument(accepted.Text, (command as RunCommands.OfJob)?.Job), verb);
    }
}
