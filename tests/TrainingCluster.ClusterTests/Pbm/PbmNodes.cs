using System.Globalization;
using Akka.Configuration;
using Petabridge.Cmd.Client;
using Petabridge.Cmd.Host;
using Petabridge.Cmd.Wire;
using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.ClusterTests.Fakes;
using TrainingCluster.Node.Pbm;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.ClusterTests.Pbm;

/// <summary>Nodes of one cluster on files, each with a command host on a port of the system's choice.</summary>
internal sealed class PbmNodes(IJobRunner runner) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pbm-").FullName;
    private readonly List<ClusterNode> _nodes = [];

    public IReadOnlyList<ClusterNode> Nodes => _nodes;

    public async Task<ClusterNode> StartAsync(params string[] roles)
    {
        var number = (_nodes.Count + 2551).ToString(CultureInfo.InvariantCulture);
        var node = await ClusterNode.StartAsync(new ClusterNodeOptions
        {
            StateDirectory = Path.Combine(_folder, "state"),
            Roles = roles.Length == 0 ? [Roles.Coordinator, Roles.Registry, Roles.Trainer] : [.. roles],
            Runner = runner,
            Config = ConfigurationFactory.ParseString(
                $$"""
                training { cluster.port = {{number}}, pbm.port = 0, node.slots = 2 }
                akka.loglevel = OFF
                akka.stdout-loglevel = OFF
                akka.loggers = []
                """).WithFallback(Home.Quick),
        }).Within("the node to be up");
        _nodes.Add(node);
        await new PbmService().StartAsync(node, CancellationToken.None);
        await PetabridgeCmd.Get(node.System).Bound.Within("the command host to listen");
        return node;
    }

    public async Task<RunId> SubmitAsync(RunSpec spec) => await _nodes[0].Client.SubmitAsync(
        spec, () => BarPanelArtifact.Put(_nodes[0].Artifacts, Market.Bars)).Within("the run to be accepted");

    /// <summary>The text of a command that must succeed.</summary>
    public static async Task<string> RunAsync(ClusterNode node, params string[] words)
    {
        var (outcome, text) = await AnswerAsync(node, words);
        Assert.True(outcome == ResponseFrame.Ok, text);
        return text;
    }

    public static async Task<(string? Outcome, string Text)> AnswerAsync(ClusterNode node, params string[] words)
    {
        var address = await PetabridgeCmd.Get(node.System).Bound;
        using var limit = new CancellationTokenSource(Patience.Long);
        await using var connection = await PbmConnection.ConnectAsync(
            address.Address.ToString(), address.Port, null, limit.Token);
        var text = "";
        string? outcome = null;
        await foreach (var response in connection.ExecuteAsync(words, limit.Token))
        {
            text += response.Msg;
            outcome = response.Outcome;
        }

        return (outcome, text);
    }

    public static async Task AwaitAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Patience.Long);
        while (!await isSo())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Enumerable.Reverse(_nodes))
        {
            await node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
