using System.Diagnostics;
using System.Globalization;
using TrainingCluster.EngineNode;
using TrainingCluster.EngineNode.Log;
using TrainingCluster.FaultTests.Checking;
using TrainingCluster.FaultTests.Stores;
using TrainingCluster.Testing.Files;

namespace TrainingCluster.FaultTests.Harness;

/// <summary>Processes on one store, and what their logs say together.</summary>
internal sealed class NodeCluster : IAsyncDisposable
{
    private const int FirstPort = 2551;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("nodes-").FullName;
    private bool _isWell;
    private readonly List<Node> _nodes = [];
    private readonly ClusterPlan _plan;
    private readonly IClusterStore _store;

    public NodeCluster(ClusterPlan plan, IClusterStore store)
    {
        _plan = plan;
        _store = store;
        Targets = [NodeActors.Ledger, .. NodeActors.EntityIds(plan.Entities)];
    }

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Who must answer.</summary>
    public IReadOnlyList<string> Targets { get; }

    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>The node where the singleton acted last.</summary>
    public Node Oldest => _nodes.MaxBy(node => node.View.Entries
        .LastOrDefault(entry => entry.Id == NodeActors.Ledger && entry.Kind != LogKind.Stopped
            && entry.Kind is LogKind.Acting or LogKind.Activated)?.Ticks ?? 0)!;

    /// <summary>Starts all nodes and waits until everything answers everywhere.</summary>
    public static async Task<NodeCluster> StartAsync(ClusterPlan plan, IClusterStore store)
    {
        var cluster = new NodeCluster(plan, store);
        try
        {
            for (var number = 1; number <= plan.Nodes; number++)
            {
                cluster.Add(number).Start();
            }

            await cluster.UntilAsync(
                () => cluster._nodes.TrueForAll(node => node.View.IsUp), StartPatience, "all nodes are up");
            if (plan.HasLoad)
            {
                await cluster.ConvergeAsync(cluster._nodes, Now, StartPatience);
            }

            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A node that has not been started.</summary>
    public Node Add(int number, params string[] more)
    {
        var port = FirstPort + number - 1;
        var node = new Node(
            $"n{number}", port, _folder, _plan.Wrapper(number), [.. Arguments(port), .. more]);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Counted from 1.</summary>
    public int NumberOf(Node node) => _nodes.IndexOf(node) + 1;

    public IReadOnlyList<Node> AllBut(params Node[] others) => [.. _nodes.Except(others)];

    /// <summary>
    /// Waits until the nodes agree that they are the cluster, and all targets have answered each of them, and
    /// heartbeats have come, since the moment.
    /// </summary>
    /// <returns>How long after the moment the last target had answered.</returns>
    public async Task<TimeSpan> ConvergeAsync(IReadOnlyList<Node> nodes, long since, TimeSpan within)
    {
        var convergence = new Convergence(nodes, Targets, since);
        await UntilAsync(
            () => convergence.Missing() is null, within - Stopwatch.GetElapsedTime(since), convergence.Missing);
        return Stopwatch.GetElapsedTime(since, convergence.Answered());
    }

    /// <summary>Lets time pass while the logs are read.</summary>
    public Task UntilElapsedAsync(long since, TimeSpan duration) => UntilAsync(
        () => Stopwatch.GetElapsedTime(since) >= duration, duration + StartPatience, "time has passed");

    public Task UntilAsync(Func<bool> condition, TimeSpan within, string what) =>
        UntilAsync(condition, within, () => $"not so: {what}");

    /// <summary>Ends all nodes as an operator would, reads the journal, and checks everything.</summary>
    public async Task EndAsync()
    {
        var running = _nodes.Where(node => !node.HasExited).ToList();
        running.ForEach(node => node.Terminate());
        await UntilAsync(
            () => running.TrueForAll(node => node.HasExited), EndPatience, "all nodes have ended after SIGTERM");
        Assert.All(running, node => Assert.Equal(0, node.ExitCode));
        await CheckAsync();
    }

    /// <summary>Reads the journal of nodes that have ended, and checks everything.</summary>
    public async Task CheckAsync()
    {
        ReadLogs();
        var reader = new Node(
            "reader", 0, _folder, _plan.Wrapper(1), [.. Arguments(0), "--dump", "on"]);
        _nodes.Add(reader);
        reader.Start();
        await UntilAsync(() => reader.HasExited, EndPatience, "the journal has been read");
        Assert.Equal(0, reader.ExitCode);
        ReadLogs();
        var log = _nodes.SelectMany(node => node.View.Entries).ToList();
        var violations = LogChecker.Violations(log, reader.View.Entries);
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(20)));
        _isWell = true;
    }

    public async ValueTask DisposeAsync()
    {
        _nodes.ForEach(node => node.Dispose());
        if (!_isWell)
        {
            Keep();
        }

        Directory.Delete(_folder, recursive: true);
        await _store.DisposeAsync();
    }

    private async Task UntilAsync(Func<bool> condition, TimeSpan within, Func<string?> missing)
    {
        var begun = Now;
        using var timer = new PeriodicTimer(PollInterval);
        while (true)
        {
            ReadLogs();
            if (condition())
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(begun) > within)
            {
                throw new TimeoutException($"After {within.TotalSeconds:F1} s: {missing()}\n{Report()}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>What is left of a failed test, for whoever wants to know why.</summary>
    private void Keep()
    {
        var folder = Repository.PathOf("artifacts", "failed-faults", Path.GetFileName(_folder));
        Directory.CreateDirectory(folder);
        foreach (var node in _nodes)
        {
            File.WriteAllLines(Path.Combine(folder, $"{node.Name}.out"), node.Output);
        }

        foreach (var log in Directory.EnumerateFiles(_folder))
        {
            File.Copy(log, Path.Combine(folder, Path.GetFileName(log)));
        }
    }

    private void ReadLogs() => _nodes.ForEach(node => node.ReadLog());

    private IEnumerable<string> Arguments(int port)
    {
        IEnumerable<string> plan =
        [
            "--entities", Number(_plan.Entities),
            "--load", _plan.HasLoad ? "on" : "off",
            "--pause-ms", Number((int)_plan.Pause.TotalMilliseconds),
            // Shards move to newcomers at once, and not some minutes later.
            "--set", "akka.cluster.sharding.rebalance-interval = 500ms",
            "--set", "akka.cluster.sharding.least-shard-allocation-strategy.rebalance-relative-limit = 1.0",
            .. _plan.More,
        ];
        return [.. _store.ArgumentsFor(port), .. plan, .. _plan.Settings.AsHocon().SelectMany(Set)];
    }

    private static string[] Set(string setting) => ["--set", setting];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Report() => string.Join('\n', _nodes.Select(node =>
        $"--- {node.Name}{(node.HasExited ? $" (exit {node.ExitCode})" : "")}\n"
        + string.Join('\n', node.Output.Where(line => line.StartsWith('[')).TakeLast(12))));
}
