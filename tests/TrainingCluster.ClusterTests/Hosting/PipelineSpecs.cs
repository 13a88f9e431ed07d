using System.Collections.Concurrent;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.ClusterTests.Fakes;
using TrainingCluster.Training.Jobs;
using TrainingCluster.Training.Recovery;

namespace TrainingCluster.ClusterTests.Hosting;

/// <summary>Whole runs on an embedded cluster, with learners that compute nothing.</summary>
public sealed class PipelineSpecs : IDisposable
{
    private readonly Home _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_pipeline_registers_a_version_of_every_job_with_its_lineage()
    {
        var runner = new FakeRunner();
        await using var host = await _home.StartAsync(runner);

        var run = await host.SubmitAsync(Market.Pipeline(), Market.Bars);
        var summary = await host.WaitAsync(run).Within("the pipeline");

        Assert.Equal(RunStatus.Succeeded, summary.Status);
        Assert.Equal(7, summary.Jobs.Length);
        Assert.All(summary.Jobs, job => Assert.Equal(1, job.Attempts));
        var registry = host.State.Registry();
        Assert.Equal(7, registry.Versions.Count);
        var ensemble = registry.Versions.Values.Single(version => version.Id.Model.Type == "ensemble");
        Assert.Equal(
            ["hybrid/atr_breakout@1.0.0", "hybrid/macd_momentum@1.0.0"],
            ensemble.Lineage.Edges.Select(edge => edge.Target.ToString()));
        Assert.Equal(7, registry.Trials.Count(Market.Bars.Digest));
        Assert.Equal(
            TrainingCluster.Registry.Views.RegistryJson.Write(registry),
            File.ReadAllText(host.Directory.RegistryViewPath));
        Assert.Equal(
            summary.Jobs.Select(job => job.Result!.Digest),
            host.State.Run(run)!.Jobs.Select(job => job.Result!.Digest));
    }

    [Fact]
    public async Task Strategies_do_not_wait_for_each_other()
    {
        var release = new TaskCompletionSource();
        var hybrid = new TaskCompletionSource();
        var runner = new FakeRunner((request, _) =>
        {
            if (request.Spec.Id == "hybrid/macd_momentum")
            {
                hybrid.TrySetResult();
            }

            return request.Spec.Id == "cnn_lstm/atr_breakout" ? release.Task : Task.CompletedTask;
        });
        await using var host = await _home.StartAsync(runner);
        var run = await host.SubmitAsync(Market.Pipeline(), Market.Bars);

        await hybrid.Task.Within("the hybrid of the strategy whose encoder was not held up");

        Assert.Equal(0, runner.StartsOf("ppo/atr_breakout"));
        release.SetResult();
        Assert.Equal(RunStatus.Succeeded, (await host.WaitAsync(run).Within("the rest")).Status);
    }

    [Fact]
    public async Task No_more_jobs_run_than_there_are_slots()
    {
        var runner = new FakeRunner((_, _) => Task.Delay(10));
        await using var host = await _home.StartAsync(runner, slots: 2);

        var run = await host.SubmitAsync(
            Market.Encoders("atr_breakout", "macd_momentum", "rsi_mean_reversion"), Market.Bars);
        await host.WaitAsync(run).Within("three encoders");

        Assert.InRange(runner.RunningMax, 1, 2);
    }

    [Fact]
    public async Task News_of_jobs_and_their_progress_reaches_listeners()
    {
        var news = new ConcurrentQueue<RunNews>();
        await using var host = await _home.StartAsync(new FakeRunner((_, _) => Task.Delay(300)));

        var run = await host.SubmitAsync(Market.Encoders("macd_momentum"), Market.Bars);
        await host.WaitAsync(run, new Listener(news.Enqueue)).Within("the encoder");

        Assert.Contains(news, item => item is JobChanged { Status: JobStatus.Succeeded });
    }

    [Fact]
    public async Task A_job_beyond_its_time_fails_with_that_reason_and_takes_its_dependants_along()
    {
        var runner = new FakeRunner((request, cancellation) => request.Spec.Id == "cnn_lstm/atr_breakout"
            ? Task.Delay(Timeout.InfiniteTimeSpan, cancellation)
            : Task.CompletedTask);
        await using var host = await _home.StartAsync(runner);

        var run = await host.SubmitAsync(
            Market.Pipeline() with { JobTimeout = TimeSpan.FromSeconds(2) }, Market.Bars);
        var summary = await host.WaitAsync(run).Within("the timeout");

        Assert.Equal(Reasons.Timeout, Job(summary, "cnn_lstm/atr_breakout").Reason);
        Assert.Equal(JobStatus.Failed, Job(summary, "cnn_lstm/atr_breakout").Status);
        Assert.Equal(Reasons.DependencyFailed, Job(summary, "hybrid/atr_breakout").Reason);
        Assert.Equal(JobStatus.Degraded, Job(summary, "ensemble/main").Status);
        Assert.Equal(RunStatus.Degraded, summary.Status);
        var ensemble = runner.Starts.Last(start => start.Spec.Stage == Stage.Ensemble);
        Assert.Equal("macd_momentum", Assert.Single(ensemble.Spec.Members));
    }

    [Fact]
    public async Task A_numerical_fault_is_recovered_from_and_told()
    {
        var runner = new FakeRunner((request, _) => request.Recovery.Attempt == 0
            ? throw new NumericalInstabilityException(17, "gradient")
            : Task.CompletedTask);
        await using var host = await _home.StartAsync(runner);

        var run = await host.SubmitAsync(Market.Encoders("macd_momentum"), Market.Bars);
        var job = Assert.Single((await host.WaitAsync(run).Within("the recovery")).Jobs);

        Assert.Equal(JobStatus.Succeeded, job.Status);
        Assert.Equal(1, job.Attempts);
        Assert.Equal(1, job.Recoveries);
    }

    [Fact]
    public async Task A_fault_of_storage_is_tried_again_within_the_budget()
    {
        var tries = 0;
        var runner = new FakeRunner((_, _) => Interlocked.Increment(ref tries) < 3
            ? throw new IOException("the disk is full")
            : Task.CompletedTask);
        await using var host = await _home.StartAsync(runner);

        var run = await host.SubmitAsync(Market.Encoders("macd_momentum"), Market.Bars);
        var job = Assert.Single((await host.WaitAsync(run).Within("the third attempt")).Jobs);

        Assert.Equal(JobStatus.Succeeded, job.Status);
        Assert.Equal(3, job.Attempts);
    }

    [Fact]
    public async Task A_run_again_gives_the_versions_that_are_there()
    {
        await using var host = await _home.StartAsync(new FakeRunner());

        var first = await host.WaitAsync(await host.SubmitAsync(Market.Pipeline(), Market.Bars)).Within("one");
        var second = await host.WaitAsync(await host.SubmitAsync(Market.Pipeline(), Market.Bars)).Within("two");

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(first.Jobs.Select(job => job.Result!.Version), second.Jobs.Select(job => job.Result!.Version));
        Assert.Equal(7, host.State.Registry().Versions.Count);
    }

    [Fact]
    public async Task A_stage_alone_starts_from_earlier_versions_and_names_them_in_its_lineage()
    {
        await using var host = await _home.StartAsync(new FakeRunner());
        var first = await host.WaitAsync(
            await host.SubmitAsync(Market.Encoders("macd_momentum"), Market.Bars)).Within("the encoder");
        var encoder = first.Jobs.Single().Result!;
        var spec = Market.Pipeline("macd_momentum") with
        {
            Stages = [Stage.Agent],
            Inputs =
            [
                new InputVersion("encoder", "macd_momentum", encoder.Version.ToString(), encoder.Files[0].Digest),
                new InputVersion("oof", "macd_momentum", encoder.Version.ToString(), encoder.Files[1].Digest),
            ],
        };

        var run = await host.WaitAsync(await host.SubmitAsync(spec, Market.Bars)).Within("the agent");

        var agent = host.State.Registry().Find(run.Jobs.Single().Result!.Version)!;
        Assert.Equal(encoder.Version, Assert.Single(agent.Lineage.Edges).Target);
    }

    [Fact]
    public async Task What_cannot_be_run_is_refused_before_anything_is_stored()
    {
        await using var host = await _home.StartAsync(new FakeRunner());
        var unknown = Market.Pipeline("macd_momentum") with
        {
            Stages = [Stage.Agent],
            Inputs =
            [
                new InputVersion("encoder", "macd_momentum", "cnn_lstm/macd_momentum@9.0.0", Market.Bars.Digest),
                new InputVersion("oof", "macd_momentum", "cnn_lstm/macd_momentum@9.0.0", Market.Bars.Digest),
            ],
        };

        await Assert.ThrowsAsync<RunSpecException>(() => host.SubmitAsync(Market.Pipeline("moon"), Market.Bars));
        var refused = await Assert.ThrowsAsync<RequestRefusedException>(
            () => host.SubmitAsync(unknown, Market.Bars));

        Assert.Equal("unknown_version", refused.Code);
        Assert.Empty(host.State.Runs());
        Assert.False(host.Artifacts.Contains(Market.Bars.Digest));
    }

    [Fact]
    public async Task A_cancelled_run_stops_its_workers()
    {
        var started = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        var runner = new FakeRunner(async (_, cancellation) =>
        {
            started.TrySetResult();
            cancellation.Register(() => stopped.TrySetResult());
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        });
        await using var host = await _home.StartAsync(runner);
        var run = await host.SubmitAsync(Market.Encoders("macd_momentum"), Market.Bars);
        await started.Task.Within("the worker");

        await host.CancelAsync(run);

        await stopped.Task.Within("the worker's end");
        Assert.Equal(RunStatus.Cancelled, (await host.GetAsync(run)).Status);
        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => host.PauseAsync(run));
        Assert.Equal("already_ended", refused.Code);
    }

    private static JobSummary Job(RunSummary run, string id) => run.Jobs.Single(job => job.Id == id);

    private sealed class Listener(Action<RunNews> next) : IProgress<RunNews>
    {
        public void Report(RunNews value) => next(value);
    }
}
