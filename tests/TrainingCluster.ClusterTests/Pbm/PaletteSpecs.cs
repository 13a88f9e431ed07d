using TrainingCluster.Cluster.Runs;
using TrainingCluster.ClusterTests.Fakes;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.ClusterTests.Pbm;

/// <summary>What an administrator can ask of the product through pbm.</summary>
public sealed class PaletteSpecs
{
    [Fact]
    public async Task Runs_jobs_and_versions_are_listed_shown_and_verified()
    {
        await using var nodes = new PbmNodes(new FakeRunner());
        var node = await nodes.StartAsync();
        var run = await nodes.SubmitAsync(Market.Encoders("atr_breakout"));
        await node.Client.WaitAsync(run).Within("the run to end");

        Assert.Equal($"{run} | succeeded | jobs: 1/1 | test\nCount: 1 runs", await PbmNodes.RunAsync(node, "training", "runs"));
        Assert.Equal(
            "cnn_lstm/atr_breakout | succeeded |  | attempts: 1 | cnn_lstm/atr_breakout@1.0.0\nCount: 1 jobs",
            await PbmNodes.RunAsync(node, "training", "jobs", "-r", run.Text));
        var list = await PbmNodes.RunAsync(node, "registry", "list");
        Assert.StartsWith("cnn_lstm/atr_breakout@1.0.0 | ", list);
        Assert.EndsWith("Count: 1 versions", list);
        Assert.Equal("Count: 0 versions", await PbmNodes.RunAsync(node, "registry", "list", "-t", "ppo"));
        var shown = await PbmNodes.RunAsync(node, "registry", "show", "-v", "cnn_lstm/atr_breakout@1.0.0");
        Assert.Contains($"run: {run}\n", shown);
        Assert.Contains("metric: accuracy | 0.6", shown);
        Assert.EndsWith("files are what was registered", await PbmNodes.RunAsync(node, "registry", "verify"));
        Assert.Equal(
            $"{node.Name} | slots: 2 | busy: 0\nCount: 1 nodes", await PbmNodes.RunAsync(node, "node", "slots"));
        Assert.StartsWith(
            $"cpu | processors: {Environment.ProcessorCount} | ", await PbmNodes.RunAsync(node, "node", "devices"));
    }

    [Fact]
    public async Task A_damaged_artifact_is_found_and_its_place_is_not_told()
    {
        await using var nodes = new PbmNodes(new FakeRunner());
        var node = await nodes.StartAsync();
        var run = await nodes.SubmitAsync(Market.Encoders("atr_breakout"));
        var ended = await node.Client.WaitAsync(run).Within("the run to end");
        var version = await node.Client.FindVersionAsync(ended.Jobs[0].Result!.Version);
        var digest = version!.File("model")!.Digest;
        var file = Directory.EnumerateFiles(node.Directory.ArtifactsPath, "*", SearchOption.AllDirectories)
            .Single(path => path.Contains(digest.Hex, StringComparison.Ordinal));
        File.SetAttributes(file, FileAttributes.Normal);
        await File.AppendAllTextAsync(file, "x");

        var (outcome, text) = await PbmNodes.AnswerAsync(node, "registry", "verify");

        Assert.Equal("error", outcome);
        Assert.Contains($"{digest} has the bytes of ", text);
        Assert.DoesNotContain(node.Directory.Root, text);
    }

    [Fact]
    public async Task A_run_is_submitted_again_or_from_a_specification_and_cancelled()
    {
        var gate = new Gate("cnn_lstm/atr_breakout");
        await using var nodes = new PbmNodes(new FakeRunner(gate.PassAsync));
        var node = await nodes.StartAsync();
        var run = await nodes.SubmitAsync(Market.Encoders("atr_breakout"));
        await gate.Reached.Within("the job to start");

        var again = RunId.Parse(await PbmNodes.RunAsync(node, "training", "submit", "-r", run.Text, "-s", "8"));
        Assert.Equal(8ul, (await node.Client.GetAsync(again)).Spec.Seed);
        Assert.Equal($"{run} is cancelled", await PbmNodes.RunAsync(node, "training", "cancel", "-r", run.Text));
        Assert.Equal(RunStatus.Cancelled, (await node.Client.GetAsync(run)).Status);
        var json = System.Text.Encoding.UTF8.GetString(RunSpecJson.Write(Market.Encoders("macd_momentum")));
        var other = RunId.Parse(await PbmNodes.RunAsync(node, "training", "submit", "-j", json));
        Assert.Equal(RunStatus.Succeeded, (await node.Client.WaitAsync(other).Within("the run to end")).Status);
        gate.Open();
        await node.Client.WaitAsync(again).Within("the run to end");
    }

    [Fact]
    public async Task A_run_checkpoints_on_request_and_goes_on()
    {
        var gate = new Gate("cnn_lstm/atr_breakout");
        var runner = new FakeRunner(gate.PassAsync);
        await using var nodes = new PbmNodes(runner);
        var node = await nodes.StartAsync();
        var run = await nodes.SubmitAsync(Market.Encoders("atr_breakout"));
        await gate.Reached.Within("the job to start");

        Assert.Equal(
            $"{run} has checkpointed 1 jobs and goes on",
            await PbmNodes.RunAsync(node, "training", "checkpoint", "-r", run.Text));

        await PbmNodes.AwaitAsync(() => Task.FromResult(runner.Starts.Count == 2));
        gate.Open();
        var ended = await node.Client.WaitAsync(run).Within("the run to end");
        Assert.Equal(RunStatus.Succeeded, ended.Status);
        Assert.Equal(0, ended.Jobs[0].Failures);
        Assert.Equal("error", (await PbmNodes.AnswerAsync(node, "training", "checkpoint", "-r", run.Text)).Outcome);
    }

    [Theory]
    [InlineData("training", "jobs", "-r", "../../etc/passwd")]
    [InlineData("training", "jobs", "-r", "v_20200101_000000")]
    [InlineData("training", "cancel", "-r", "v_20200101_000000")]
    [InlineData("training", "runs", "-n", "0")]
    [InlineData("training", "submit")]
    [InlineData("training", "submit", "-j", "{")]
    [InlineData("training", "submit", "-j", "{\"dataName\":\"x\"}")]
    [InlineData("training", "submit", "-r", "v_20200101_000000", "-j", "{}")]
    [InlineData("registry", "show", "-v", "nothing")]
    [InlineData("registry", "show", "-v", "ppo/nothing@1.0.0")]
    [InlineData("registry", "list", "-n", "many")]
    public async Task What_cannot_be_done_is_refused_with_the_next_step(params string[] words)
    {
        await using var nodes = new PbmNodes(new FakeRunner());
        var node = await nodes.StartAsync();

        var (outcome, text) = await PbmNodes.AnswerAsync(node, words);

        Assert.Equal("error", outcome);
        Assert.DoesNotContain(node.Directory.Root, text);
        Assert.DoesNotContain("the log of the node says why", text);
    }
}
