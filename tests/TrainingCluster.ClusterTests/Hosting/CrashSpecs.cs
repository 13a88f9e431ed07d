using Akka.Actor;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Reading;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.ClusterTests.Fakes;

namespace TrainingCluster.ClusterTests.Hosting;

/// <summary>Actors and processes that end without a word in the middle of a run.</summary>
public sealed class CrashSpecs : IDisposable
{
    private readonly Home _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_new_coordinator_takes_over_what_runs_under_a_higher_number_and_repeats_nothing()
    {
        var gate = new Gate("ppo/macd_momentum");
        var runner = new FakeRunner(gate.PassAsync);
        await using var host = await _home.StartAsync(runner, slots: 1);
        var run = await host.SubmitAsync(Market.Pipeline("macd_momentum"), Market.Bars);
        await gate.Reached.Within("the agent");
        var fence = host.State.Ledger().Fence;

        host.System.ActorSelection("/user/coordinator/singleton/coordinator").Tell(Kill.Instance);
        await TakenOverAsync(host, fence).Within("the next coordinator");
        gate.Open();
        var ended = await host.WaitAsync(run).Within("the rest");

        Assert.Equal(RunStatus.Succeeded, ended.Status);
        Assert.All(ended.Jobs, job => Assert.Equal(1, job.Attempts));
        Assert.Equal(4, runner.Starts.Count);
    }

    [Fact]
    public async Task A_trainer_that_is_lost_is_made_anew_and_attaches_to_its_worker()
    {
        var gate = new Gate("cnn_lstm/macd_momentum");
        var runner = new FakeRunner(gate.PassAsync);
        await using var host = await _home.StartAsync(runner, slots: 1);
        var run = await host.SubmitAsync(Market.Encoders("macd_momentum"), Market.Bars);
        await gate.Reached.Within("the encoder");

        host.System.ActorSelection("/system/sharding/strategy-trainer/*/*").Tell(Kill.Instance);
        gate.Open();
        var ended = await host.WaitAsync(run).Within("the rest");

        Assert.Equal(RunStatus.Succeeded, ended.Status);
        Assert.Single(runner.Starts);
    }

    [Fact]
    public async Task A_registry_that_is_lost_replays_its_journal_and_goes_on()
    {
        var gate = new Gate("ppo/macd_momentum");
        await using var host = await _home.StartAsync(new FakeRunner(gate.PassAsync), slots: 1);
        var run = await host.SubmitAsync(Market.Pipeline("macd_momentum"), Market.Bars);
        await gate.Reached.Within("the agent");

        host.System.ActorSelection("/user/registry/singleton/registry").Tell(Kill.Instance);
        gate.Open();

        Assert.Equal(RunStatus.Succeeded, (await host.WaitAsync(run).Within("the rest")).Status);
        Assert.Equal(4, host.State.Registry().Versions.Count);
    }

    [Fact]
    public async Task What_a_killed_process_left_is_resumed_to_the_same_digests()
    {
        var gate = new Gate("hybrid/macd_momentum");
        await using var host = await _home.StartAsync(new FakeRunner(gate.PassAsync), slots: 1);
        var run = await host.SubmitAsync(Market.Pipeline("macd_momentum"), Market.Bars);
        await gate.Reached.Within("the hybrid");
        using var left = new Home();
        CopyAsKilled(_home.StateDirectory, left.StateDirectory);
        gate.Open();
        var unbroken = await host.WaitAsync(run).Within("the unbroken run");

        var runner = new FakeRunner();
        await using var next = await left.StartAsync(runner, slots: 1);
        await next.ResumeAsync(run);
        var resumed = await next.WaitAsync(run).Within("the resumed run");

        Assert.Equal(
            unbroken.Jobs.Select(job => job.Result!.Digest), resumed.Jobs.Select(job => job.Result!.Digest));
        Assert.Equal(["hybrid/macd_momentum", "ensemble/main"], runner.Starts.Select(start => start.Spec.Id));
    }

    private static async Task TakenOverAsync(ClusterHost host, long fence)
    {
        while (StateReader.Open(host.Directory.Root).Ledger().Fence == fence)
        {
            await Task.Delay(20);
        }
    }

    // What lies on the disk at one moment, without anything that an orderly end would have added.
    private static void CopyAsKilled(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (Path.GetFileName(file).StartsWith("node.", StringComparison.Ordinal))
            {
                continue;
            }

            var target = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
