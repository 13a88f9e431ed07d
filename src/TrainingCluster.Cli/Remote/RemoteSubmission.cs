using System.Text;
using TrainingCluster.Api.Documents;
using TrainingCluster.Cli.Commands.Train;
using TrainingCluster.Cli.Output;
using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Cli.Remote;

/// <summary>Hands a run with its bars to a cluster and stays with it.</summary>
internal sealed class RemoteSubmission(CommandContext context, ClusterApi api)
{
    public async Task<int> RunAsync(
        RunSpec spec,
        TrainingData data,
        int priority,
        bool detach,
        RunSessionOptions options,
        CancellationToken cancellation)
    {
        foreach (var part in BarPanelArtifact.Parts(data.Panel))
        {
            await api.PutAsync(part, cancellation);
        }

        var body = $"{{\"spec\":{Encoding.UTF8.GetString(RunSpecJson.Write(spec))},"
            + FormattableString.Invariant($"\"priority\":{priority}}}");
        var accepted = await api.CommandAsync<AcceptedDocument>(HttpMethod.Post, "runs", body, cancellation);
        context.Console.Error.WriteLine($"run {accepted.RunId} on {api.Server}");
        if (!detach)
        {
            return await new RunFollower(context, api, options.Output, options.Quiet)
                .FollowAsync(accepted.RunId, cancellation);
        }

        if (options.Output == OutputFormat.Json)
        {
            JsonOutput.Write(context.Console.Out, accepted);
        }
        else
        {
            context.Console.Out.WriteLine(accepted.RunId);
        }

        return ExitCode.Success;
    }
}
