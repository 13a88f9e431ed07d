using System.Globalization;
using System.Text.Json;
using Petabridge.Cmd.Host;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.Node.Pbm;

/// <summary>Runs the palette <c>training</c>.</summary>
internal sealed class TrainingCommandHandler : AskingHandler
{
    private readonly ClusterNode _node;

    public TrainingCommandHandler(ClusterNode node)
        : base(TrainingCommands.Definitions)
    {
        _node = node;
        Process("runs", (command, arguments) => Answer(command, () => RunsAsync(arguments)));
        Process("jobs", (command, arguments) => Answer(command, () => JobsAsync(arguments)));
        Process("submit", (command, arguments) => Answer(command, () => SubmitAsync(arguments)));
        Process("cancel", (command, arguments) => Answer(command, () => CancelAsync(arguments)));
        Process("drain", command => Answer(command, DrainAsync));
        Process("checkpoint", (command, arguments) => Answer(command, () => CheckpointAsync(arguments)));
    }

    private async Task<IEnumerable<string>> RunsAsync(CommandArguments arguments)
    {
        var runs = await _node.Client.ListAsync(arguments.Number("count", 1, ClusterClient.RunsListedMax))
            .ConfigureAwait(false);
        return runs.Select(run => Line(
                $"{run.Id} | {run.Status.Text()} | jobs: {run.JobsDone}/{run.Jobs} | {run.DataName}", run.Reason))
            .Append($"Count: {runs.Length} runs");
    }

    private async Task<IEnumerable<string>> JobsAsync(CommandArguments arguments)
    {
        var run = await _node.Client.GetAsync(arguments.Run("run")).ConfigureAwait(false);
        return run.Jobs.Select(job => Line(
                string.Create(CultureInfo.InvariantCulture,
                    $"{job.Id} | {job.Status.Text()} | {job.Node} | attempts: {job.Attempts}"),
                job.Result?.Version.ToString() ?? job.Reason))
            .Append($"Count: {run.Jobs.Length} jobs");
    }

    private async Task<IEnumerable<string>> SubmitAsync(CommandArguments arguments)
    {
        var json = arguments.Text("json");
        var isRepeat = arguments.Text("run") is not null;
        if (isRepeat == json is not null)
        {
            throw new MistakenArgumentException("give -r with a run to repeat, or -j with a specification");
        }

        var spec = isRepeat
            ? (await _node.Client.GetAsync(arguments.Run("run")).ConfigureAwait(false)).Spec
            : Read(json!);
        if (arguments.Text("seed") is { } seed)
        {
            spec = spec with
            {
                Seed = ulong.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw new MistakenArgumentException("-s must be a whole number of at most 64 bits"),
            };
        }

        if (!_node.Artifacts.Contains(spec.Data))
        {
            throw new MistakenArgumentException(
                $"the bars {spec.Data} are not in the artifact store; a run that is submitted with its bars stores "
                + "them");
        }

        return [(await _node.Client.SubmitAsync(spec).ConfigureAwait(false)).Text];
    }

    private async Task<IEnumerable<string>> CancelAsync(CommandArguments arguments)
    {
        var run = arguments.Run("run");
        await _node.Client.CancelAsync(run).ConfigureAwait(false);
        return [$"{run} is cancelled"];
    }

    private async Task<IEnumerable<string>> DrainAsync()
    {
        await _node.DrainAsync("drained").ConfigureAwait(false);
        return [$"{_node.Name} is drained: it runs no jobs and takes none until it is started again"];
    }

    // Whatever stands still has checkpointed: so it is stopped, and goes on at once.
    private async Task<IEnumerable<string>> CheckpointAsync(CommandArguments arguments)
    {
        var id = arguments.Run("run");
        var before = await _node.Client.GetAsync(id).ConfigureAwait(false);
        if (before.Status.HasEnded() || before.Status.IsHalted())
        {
            throw new MistakenArgumentException(
                $"{id} is {before.Status.Text()}: nothing of it runs that could checkpoint");
        }

        var still = await _node.Client.PauseAsync(id).ConfigureAwait(false);
        if (!still.Status.HasEnded())
        {
            await _node.Client.ResumeAsync(id).ConfigureAwait(false);
        }

        return [$"{id} has checkpointed {before.Jobs.Count(job => job.Status.IsActive())} jobs and goes on"];
    }

    private static RunSpec Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return RunSpecJson.Read(document.RootElement);
    }

    private static string Line(string text, string? more) => string.IsNullOrEmpty(more) ? text : $"{text} | {more}";
}
