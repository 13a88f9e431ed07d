using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Configuration;
using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.FaultTests.Harness;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.FaultTests.Product;

/// <summary>Jobs in processes of their own, on a node in the test's process.</summary>
[Collection(FaultCollection.Name)]
public sealed class WorkerProcessSpecs : IDisposable
{
    private const string Secret = "not-for-workers";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly RunSpec Encoders = TinyPipeline.Spec with { Stages = [Stage.CnnLstm] };

    private static readonly RunSpec OneAgent = TinyPipeline.Spec with
    {
        Strategies = ["macd_momentum"],
        Stages = [Stage.CnnLstm, Stage.Agent],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("workers-").FullName;
    private readonly RunHistory _history = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Jobs_in_processes_make_the_bytes_that_jobs_on_threads_make()
    {
        var expected = await TinyPipeline.DigestsAsync();
        await using var node = await StartAsync();

        var (_, ended) = await SubmitAsync(node, Encoders);
        var summary = await ended;

        Assert.Equal(RunStatus.Succeeded, summary.Status);
        var made = TinyPipeline.DigestsOf(summary);
        Assert.Equal(6, made.Count);
        Assert.All(made, file => Assert.Equal(expected[file.Key], file.Value));
        Assert.Empty(ChildProcesses.Of(Environment.ProcessId));
    }

    [Fact]
    public async Task A_worker_that_is_killed_costs_an_attempt_and_not_the_node()
    {
        var expected = await TinyPipeline.DigestsAsync();
        await using var node = await StartAsync();
        var (_, ended) = await SubmitAsync(node, OneAgent);

        ProcessSignal.Send(ProcessSignal.Kill, await LearningAsync());
        var summary = await ended;

        Assert.Equal(RunStatus.Succeeded, summary.Status);
        var agent = summary.Jobs.Single(job => job.Id == "ppo/macd_momentum");
        Assert.Equal(2, agent.Attempts);
        Assert.Equal(expected["ppo/macd_momentum model"], TinyPipeline.DigestsOf(summary)["ppo/macd_momentum model"]);
        Assert.Contains(_history.Text(), line => line.Contains(Reasons.WorkerCrashed, StringComparison.Ordinal));
        Assert.InRange(_history.Repetition(agent.Id, 1, "ppo").Repeated, 0, ProductCluster.CheckpointSteps);
    }

    [Fact]
    public async Task A_worker_that_hangs_is_ended_and_its_job_runs_again()
    {
        await using var node = await StartAsync("training.worker.heartbeat-timeout = 5s");
        var (_, ended) = await SubmitAsync(node, OneAgent);

        var hanging = await LearningAsync();
        ProcessSignal.Send(ProcessSignal.Stop, hanging);
        var summary = await ended;

        Assert.Equal(RunStatus.Succeeded, summary.Status);
        Assert.False(ChildProcesses.Exists(hanging));
        Assert.Contains(_history.Text(), line => line.Contains(Reasons.WorkerHung, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_that_has_too_little_memory_ends_in_quarantine_with_what_it_takes_to_see_why()
    {
        await using var node = await StartAsync("training.worker.memory-limit = 1GiB");

        var (run, ended) = await SubmitAsync(
            node,
            Encoders with
            {
                Strategies = ["macd_momentum"],
                // One of its matrices alone takes as much as there is.
                Overrides = new BudgetOverrides(Encoders.Overrides!.Values.SetItem("cnn_lstm.hidden", 8192)),
            });
        var job = Assert.Single((await ended).Jobs);

        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.True(job.Reason == Reasons.OutOfMemory, $"{job.Reason}: {job.Detail}");
        Assert.Equal(3, job.Attempts);
        var kept = Path.Combine(node.Directory.QuarantinePath, run.Text, "cnn_lstm_macd_momentum");
        Assert.Equal(3, (await File.ReadAllLinesAsync(Path.Combine(kept, "log.txt")))
            .Count(line => line.Contains(Reasons.OutOfMemory, StringComparison.Ordinal)));
        Assert.Contains("\"seed\":7", await File.ReadAllTextAsync(Path.Combine(kept, "job.json")));
        Assert.Contains("\"memoryFaults\":2", await File.ReadAllTextAsync(Path.Combine(kept, "job.json")));
        Assert.True(File.Exists(Path.Combine(kept, "README.txt")));
    }

    [Fact]
    public async Task A_worker_has_nothing_of_the_nodes_environment_that_it_does_not_need()
    {
        Environment.SetEnvironmentVariable("TRAINING__NODE__PASSWORD", Secret);
        Environment.SetEnvironmentVariable("PGPASSWORD", Secret);
        try
        {
            await using var node = await StartAsync();
            var (_, ended) = await SubmitAsync(node, OneAgent);

            var environment = ChildProcesses.EnvironmentOf(await LearningAsync());
            await ended;

            Assert.DoesNotContain(environment, variable => variable.Contains(Secret, StringComparison.Ordinal));
            Assert.DoesNotContain(
                environment, variable => variable.StartsWith("TRAINING__", StringComparison.Ordinal));
            Assert.Contains(environment, variable => variable.StartsWith("PATH=", StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable("TRAINING__NODE__PASSWORD", null);
            Environment.SetEnvironmentVariable("PGPASSWORD", null);
        }
    }

    private Task<ClusterNode> StartAsync(string more = "") => ClusterNode.StartAsync(new ClusterNodeOptions
    {
        StateDirectory = Path.Combine(_folder, "state"),
        Roles = [Roles.Coordinator, Roles.Trainer, Roles.Registry],
        WorkerProgram = ["dotnet", ProductNode.Program, "worker"],
        Config = ConfigurationFactory.ParseString(
            $$"""
            {{more}}
            training {
              cluster.port = 2690
              node.slots = 1
              coordinator.reconcile-interval = 1s
              trainer.retry-interval = 500ms
              worker.isolation = process
              worker.checkpoint-interval = 1h
              worker.checkpoint-steps = {{ProductCluster.CheckpointSteps}}
              worker.progress-interval = 20ms
            }
            akka.loglevel = WARNING
            """),
    });

    private async Task<(RunId Run, Task<RunSummary> Ended)> SubmitAsync(ClusterNode node, RunSpec spec)
    {
        var run = await node.Client.SubmitAsync(
            spec, () => BarPanelArtifact.Put(node.Artifacts, TinyPipeline.Bars));
        return (run, node.Client.WaitAsync(run, _history).WaitAsync(Patience));
    }

    /// <summary>The process of the agent, once it has learned for longer than a checkpoint takes.</summary>
    private async Task<int> LearningAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!_history.Working().Any(news =>
            news.Progress.Phase == "ppo" && news.Progress.Step > ProductCluster.CheckpointSteps))
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, string.Join('\n', _history.Text()));
            await timer.WaitForNextTickAsync();
        }

        return Assert.Single(ChildProcesses.Of(Environment.ProcessId));
    }
}
