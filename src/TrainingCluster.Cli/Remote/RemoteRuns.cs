using TrainingCluster.Api.Documents;
using TrainingCluster.Cli.Errors;

namespace TrainingCluster.Cli.Remote;

/// <summary>Finds runs and jobs of a cluster by what people call them.</summary>
internal static class RemoteRuns
{
    private const int Looked = 200;

    /// <summary>The id of the one run that a text names: an id, the start of one, or 'latest'.</summary>
    /// <exception cref="UserErrorException">None or several do.</exception>
    public static async Task<string> ResolveAsync(ClusterApi api, string text)
    {
        if (Cluster.Runs.RunId.TryParse(text, out var exact))
        {
            return exact.Text;
        }

        var runs = (await api.GetAsync<Page<RunLineDocument>>($"runs?pageSize={Looked}")).Items;
        string[] fitting = text == "latest"
            ? [.. runs.Take(1).Select(run => run.RunId)]
            : [.. runs.Select(run => run.RunId).Where(run => run.StartsWith(text, StringComparison.Ordinal))];
        return fitting.Length switch
        {
            1 => fitting[0],
            0 => throw new UserErrorException(new UserError(ExitCode.NotFound, "run.unknown",
                runs.Count == 0 ? "there are no runs yet" : $"there is no run '{text}'")
            {
                Hints = ["trainctl runs list"],
            }),
            _ => throw new UserErrorException(new UserError(ExitCode.NotFound, "run.ambiguous",
                $"'{text}' is the start of several run ids")
            {
                Details = [.. fitting],
            }),
        };
    }
}
