using System.Diagnostics;
using Akka.Configuration;
using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.FaultTests.Harness;
using TrainingCluster.Testing.Files;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.FaultTests.Product;

/// <summary>
/// Processes of the product on one store and one state directory, and a member without roles in the test's own
/// process that submits and listens.
/// </summary>
internal sealed class ProductCluster : IAsyncDisposable
{
    private const int FirstPort = 2651;

    /// <summary>Steps between checkpoints: what a killed job repeats at most.</summary>
    public const int CheckpointSteps = 128;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("product-").FullName;
    private readonly ProductStore _store;
    private ClusterNode? _client;
    private bool _isWell;

    private ProductCluster(ProductStore store, IEnumerable<string> roles, string more)
    {
        _store = store;
        Directory.CreateDirectory(State);
        var config = Path.Combine(_folder, "node.conf");
        Settings = Common(store) + more;
        File.WriteAllText(config, Settings);
        Nodes =
        [
            .. roles.Select((names, index) => new ProductNode(
                store.HasFiles ? Path.Combine(_folder, $"state-{index}") : State, config, FirstPort + index, names)),
        ];
    }

    public static FaultSettings Times => FaultSettings.Present;

    public IReadOnlyList<ProductNode> Nodes { get; }

    public string State => Path.Combine(_folder, "state");

    public string Settings { get; }

    /// <summary>What the test's own member heard of the run.</summary>
    public RunHistory History { get; } = new();

    public ClusterNode Member => _client ?? throw new InvalidOperationException("the cluster was not started");

    public ClusterClient Client => Member.Client;

    /// <param name="roles">Of each node, by comma.</param>
    /// <param name="more">Settings beyond those of the tests.</param>
    public static async Task<ProductCluster> StartAsync(
        ProductStore store, IEnumerable<string> roles, string more = "")
    {
        var cluster = new ProductCluster(store, roles, more);
        try
        {
            // One after the other, so that the first with a role is the oldest with it.
            foreach (var node in cluster.Nodes)
            {
                node.Start();
                await cluster.UntilAsync(() => node.IsUp, StartPatience, $"node {node.Port} is up");
            }

            cluster._client = await ClusterNode.StartAsync(new ClusterNodeOptions
            {
                StateDirectory = cluster.State,
                Roles = [],
                Config = ConfigurationFactory.ParseString(
                    cluster.Settings + "\ntraining.cluster.port = 2650\nakka.loglevel = WARNING"),
            });
            await cluster.UntilAsync(
                async () => (await cluster.Client.NodesAsync()).Length == cluster.Nodes.Count,
                StartPatience,
                "all nodes offer slots");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task<RunId> SubmitAsync(RunSpec spec) => await Client.SubmitAsync(
        spec, () => BarPanelArtifact.Put(Member.Artifacts, TinyPipeline.Bars));

    /// <param name="name">As messages of the cluster name it, with its incarnation.</param>
    public ProductNode NodeOf(string name) =>
        Nodes.Single(node => name.StartsWith(node.Address + "#", StringComparison.Ordinal));

    public Task UntilAsync(Func<bool> condition, TimeSpan within, string what) =>
        UntilAsync(() => Task.FromResult(condition()), within, what);

    public async Task UntilAsync(Func<Task<bool>> condition, TimeSpan within, string what)
    {
        var begun = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(PollInterval);
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(begun) > within)
            {
                throw new TimeoutException($"After {within.TotalSeconds:F1} s it is not so: {what}\n{Report()}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Ends all nodes as an operator would, and checks the journals.</summary>
    public async Task EndAsync()
    {
        await Member.StopAsync();
        var running = Nodes.Where(node => !node.HasExited).ToList();
        running.ForEach(node => node.Terminate());
        await UntilAsync(
            () => running.TrueForAll(node => node.HasExited), TimeSpan.FromSeconds(30), "all nodes have ended");
        Assert.All(running, node => Assert.Equal(0, node.ExitCode));
        var journal = Path.Combine(State, "journal.db");
        var violations = RunChecker.Violations(
            RunChecker.Read(_store.Events(journal, "run-coordinator")),
            RunChecker.Read(_store.Events(journal, "registry")));
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(20)));
        _isWell = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isWell)
        {
            Keep();
        }

        foreach (var node in Nodes)
        {
            node.Dispose();
        }

        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
        _store.Dispose();
    }

    private static string Common(ProductStore store) => store.Settings + "\n"
        + string.Join('\n', Times.AsHocon())
        + $$"""

        training {
          coordinator.reconcile-interval = 1s
          trainer.retry-interval = 500ms
          trainer.retry-interval-max = 2s
          worker.checkpoint-interval = 1h
          worker.checkpoint-steps = {{CheckpointSteps}}
          worker.progress-interval = 20ms
          node.announce-interval = 500ms
        }
        """ + "\n";

    /// <summary>What is left of a failed test, for whoever wants to know why.</summary>
    private void Keep()
    {
        var folder = Repository.PathOf("artifacts", "failed-faults", Path.GetFileName(_folder));
        Directory.CreateDirectory(folder);
        foreach (var node in Nodes)
        {
            File.WriteAllLines(Path.Combine(folder, $"{node.Port}.out"), node.Output);
        }
    }

    private string Report() => string.Join('\n', History.Text().TakeLast(40)) + "\n"
        + string.Join('\n', Nodes.Select(node =>
        $"--- {node.Port} {node.Roles}{(node.HasExited ? $" (exit {node.ExitCode})" : "")}\n"
        + string.Join('\n', node.Output.TakeLast(15))));
}
