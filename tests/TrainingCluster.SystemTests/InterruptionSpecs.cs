namespace TrainingCluster.SystemTests;

/// <summary>What is left of a run that was killed or stopped, and what resuming it makes of that.</summary>
public sealed class InterruptionSpecs
{
    private static readonly TimeSpan OrderlyEnd = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_killed_run_is_resumed_from_its_checkpoints_to_the_same_bytes()
    {
        using var folder = new StateFolder();
        var unbroken = (await UnbrokenRun.GetAsync()).Result;
        await KilledRun.LeaveAsync(
            folder.State, "ppo/atr_breakout: running ppo", 3, UnbrokenRun.Arguments(folder.State, "--slots", "1"));

        var interrupted = (await Listed(folder.State)).Single();
        Assert.Equal("interrupted", RunResult.Text(interrupted, "status"));
        Assert.InRange(interrupted.GetProperty("jobsDone").GetInt32(), 1, 9);

        var outcome = await Trainctl.RunAsync("train", "resume", "latest", "--state", folder.State, "-o", "json");

        var resumed = new RunResult(outcome.Expect(0).Json());
        Assert.Equal(unbroken.Digests(), resumed.Digests());
        Assert.Equal(1, resumed.Attempts("cnn_lstm/atr_breakout"));
        Assert.Equal(2, resumed.Attempts("ppo/atr_breakout"));
        Assert.DoesNotContain("cnn_lstm/atr_breakout: running", outcome.Error);
        var (step, total) = KilledRun.FirstStep(outcome.Error, "ppo/atr_breakout: running ppo");
        Assert.True(step > total / 48, $"the agent began at step {step} of {total} again:\n{outcome.Error}");
        Assert.Equal("succeeded", RunResult.Text((await Listed(folder.State)).Single(), "status"));
        Assert.True(File.Exists(resumed.Report));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_stops_a_run_after_a_checkpoint_that_it_is_resumed_from(string signal, int exitCode)
    {
        using var folder = new StateFolder();
        const string job = "ppo/rsi_mean_reversion";
        var unbroken = (await UnbrokenRun.GetAsync()).Result;
        Outcome stopped;
        await using (var running = Trainctl.Start(UnbrokenRun.Arguments(
            folder.State, "--strategies", "rsi_mean_reversion", "--stages", "cnn-lstm,ppo")))
        {
            await running.SaysAsync($"{job}: running ppo");
            await running.SignalAsync(signal);
            stopped = await running.EndAsync(OrderlyEnd);
        }

        stopped.Expect(exitCode);
        Assert.Equal("", stopped.Output);
        var id = RunResult.Text((await Listed(folder.State)).Single(), "runId");
        Assert.Contains($"trainctl train resume {id} --state {folder.State}", stopped.Error);
        Assert.Equal("paused", RunResult.Text((await Listed(folder.State)).Single(), "status"));

        var outcome = await Trainctl.RunAsync("train", "resume", id, "--state", folder.State, "-o", "json");

        var resumed = new RunResult(outcome.Expect(0).Json());
        Assert.Equal(unbroken.Digests(job, "cnn_lstm/rsi_mean_reversion"), resumed.Digests());
        Assert.Equal(2, resumed.Attempts(job));
        Assert.DoesNotContain("cnn_lstm/rsi_mean_reversion: running", outcome.Error);
        Assert.True(
            KilledRun.FirstStep(outcome.Error, $"{job}: running ppo").Step
                > KilledRun.FirstStep(stopped.Error, $"{job}: running ppo").Step,
            $"the agent began again:\n{stopped.Error}\n{outcome.Error}");
    }

    [Fact]
    public async Task A_second_ctrl_c_ends_the_process_at_once_and_the_run_can_still_be_resumed()
    {
        using var folder = new StateFolder();
        var unbroken = (await UnbrokenRun.GetAsync()).Result;
        await using (var running = Trainctl.Start(UnbrokenRun.Arguments(
            folder.State, "--strategies", "macd_momentum", "--stages", "cnn-lstm")))
        {
            await running.SaysAsync("cnn_lstm/macd_momentum: running");
            await running.SignalAsync("INT");
            await running.SignalAsync("INT");
            (await running.EndAsync(OrderlyEnd)).Expect(130);
        }

        var outcome = await Trainctl.RunAsync("train", "resume", "latest", "--state", folder.State, "-o", "json");

        Assert.Equal(unbroken.Digests("cnn_lstm/macd_momentum"), new RunResult(outcome.Expect(0).Json()).Digests());
    }

    [Fact]
    public async Task A_run_whose_finished_part_was_spoilt_meanwhile_fails_with_the_code_of_a_failed_check()
    {
        using var folder = new StateFolder();
        const string encoder = "cnn_lstm/rsi_mean_reversion";
        await using (var running = Trainctl.Start(UnbrokenRun.Arguments(
            folder.State, "--strategies", "rsi_mean_reversion", "--stages", "cnn-lstm,ppo")))
        {
            await running.SaysAsync("ppo/rsi_mean_reversion: running");
            await running.SignalAsync("INT");
            (await running.EndAsync(OrderlyEnd)).Expect(130);
        }

        var shown = await Trainctl.RunAsync("runs", "show", "latest", "--state", folder.State, "-o", "json");
        var digest = new RunResult(shown.Expect(0).Json()).Digest(encoder, "model");
        ArtifactFiles.Flip(folder.State, digest);

        var outcome = await Trainctl.RunAsync("train", "resume", "latest", "--state", folder.State, "-o", "json");

        var job = new RunResult(outcome.Expect(5).Json()).Job("ppo/rsi_mean_reversion");
        Assert.Equal("failed", RunResult.Text(job, "status"));
        Assert.Equal("artifact_corrupt", RunResult.Text(job, "reason"));
        Assert.Contains(digest, RunResult.Text(job, "detail"));
    }

    private static async Task<System.Text.Json.JsonElement[]> Listed(string state)
    {
        var listed = await Trainctl.RunAsync("runs", "list", "--state", state, "-o", "json");
        return [.. listed.Expect(0).Json().GetProperty("items").EnumerateArray()];
    }
}
