using System.Text.Json;
using TrainingCluster.Cli;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.ClusterTests.Api;
using TrainingCluster.ClusterTests.Fakes;

namespace TrainingCluster.ClusterTests.Cli;

/// <summary>trainctl against a cluster, over HTTP.</summary>
public sealed class RemoteCommandSpecs
{
    [Fact]
    public async Task Runs_and_jobs_are_listed_shown_paused_explained_resumed_and_watched()
    {
        var gate = new Gate("ppo/macd_momentum");
        await using var api = await ApiHome.StartAsync(new FakeRunner(gate.PassAsync));
        await api.PutBarsAsync();
        var run = await api.SubmitAsync(Market.Pipeline("macd_momentum"));
        await gate.Reached.Within("the agent");

        var listed = await RunAsync(api, "runs", "list", "-o", "json");
        Assert.Equal(run, listed.Json.GetProperty("items")[0].GetProperty("runId").GetString());
        Assert.Equal("running", (await RunAsync(api, "runs", "show", "latest", "-o", "json")).Json
            .GetProperty("status").GetString());
        Assert.Contains("ppo/macd_momentum", (await RunAsync(api, "jobs", "list", "latest")).Out);

        Assert.Equal(0, (await RunAsync(api, "runs", "pause", run)).Code);
        await api.Host.WaitAsync(RunId.Parse(run)).Within("the pause");
        Assert.Contains("its run is paused", (await RunAsync(api, "cluster", "explain", run, "ppo/macd_momentum")).Out);
        Assert.Contains("run.pause", (await RunAsync(api, "cluster", "events")).Out);
        Assert.Equal(0, (await RunAsync(api, "runs", "priority", run, "5")).Code);

        gate.Open();
        Assert.Equal(0, (await RunAsync(api, "runs", "resume", run)).Code);
        var watched = await RunAsync(api, "runs", "watch", run, "--timeout", "20", "-o", "json");
        Assert.Equal((0, "succeeded"), (watched.Code, watched.Json.GetProperty("status").GetString()));
        Assert.Equal(5, watched.Json.GetProperty("priority").GetInt32());
        Assert.Equal(6, (await RunAsync(api, "runs", "pause", run)).Code);
        Assert.Equal(6, (await RunAsync(api, "jobs", "cancel", run, "ppo/macd_momentum")).Code);
    }

    [Fact]
    public async Task The_state_of_the_cluster_its_nodes_and_slots_are_told()
    {
        await using var api = await ApiHome.StartAsync();

        var status = await RunAsync(api, "cluster", "status", "-o", "json");
        var nodes = await RunAsync(api, "cluster", "nodes", "-o", "json");

        Assert.Equal(0, status.Code);
        Assert.True(status.Json.GetProperty("coordinator").GetProperty("epoch").GetInt64() > 0);
        Assert.Equal("up", nodes.Json.GetProperty("items")[0].GetProperty("status").GetString());
        Assert.Contains("coordinator", (await RunAsync(api, "cluster", "status")).Out);
        Assert.Equal(0, (await RunAsync(api, "cluster", "slots")).Code);
    }

    [Fact]
    public async Task A_wait_that_takes_too_long_ends_with_seven_and_the_run_goes_on()
    {
        var gate = new Gate("cnn_lstm/macd_momentum");
        await using var api = await ApiHome.StartAsync(new FakeRunner(gate.PassAsync));
        await api.PutBarsAsync();
        var run = await api.SubmitAsync(Market.Encoders("macd_momentum"));
        await gate.Reached.Within("the job to start");

        Assert.Equal(7, (await RunAsync(api, "runs", "watch", run, "--timeout", "0")).Code);

        Assert.Equal("running", (await api.GetAsync($"runs/{run}")).GetProperty("status").GetString());
        gate.Open();
    }

    [Fact]
    public async Task What_is_not_there_not_allowed_or_not_reached_has_an_exit_code_of_its_own()
    {
        await using var api = await ApiHome.StartAsync(withToken: true);
        var file = Path.Combine(api.StateDirectory, "tokens");

        Assert.Equal(4, (await RunAsync(api, "runs", "list")).Code);
        Assert.Equal(0, (await RunAsync(api, "runs", "list", "--token-file", file)).Code);
        Assert.Equal(3, (await RunAsync(api, "runs", "show", "v_20240101_000000", "--token-file", file)).Code);
        Assert.Equal(3, (await RunAsync(api, "runs", "show", "latest", "--token-file", file)).Code);
        Assert.Equal(2, (await RunAsync(api, "jobs", "show", "v_20240101_000000", "--token-file", file)).Code);
        Assert.Equal(8, (await RunAsync(new Uri("http://127.0.0.1:1"), "cluster", "status")).Code);
        Assert.Equal(2, (await RunAsync(new Uri("http://127.0.0.1:1/path"), "cluster", "status")).Code);
        Assert.Equal(2, (await RunAsync((Uri?)null, "cluster", "status")).Code);
    }

    [Fact]
    public async Task A_store_is_checked_copied_and_brought_back_by_commands()
    {
        using var home = new Home();
        await using (var host = await home.StartAsync(new FakeRunner()))
        {
            await host.WaitAsync(await host.SubmitAsync(Market.Encoders("macd_momentum"), Market.Bars))
                .Within("the run");
        }

        var copy = Path.Combine(Path.GetDirectoryName(home.StateDirectory)!, "copy");
        var report = await RunAsync((Uri?)null, "store", "check", "--state", home.StateDirectory, "-o", "json");
        Assert.Equal((0, 1), (report.Code, report.Json.GetProperty("versions").GetInt32()));
        Assert.Equal(0, (await RunAsync((Uri?)null, "store", "backup", copy, "--state", home.StateDirectory)).Code);
        Assert.Equal(6, (await RunAsync((Uri?)null, "store", "restore", copy, "--state", home.StateDirectory)).Code);
        Directory.Delete(home.StateDirectory, recursive: true);
        Assert.Equal(0, (await RunAsync((Uri?)null, "store", "restore", copy, "--state", home.StateDirectory)).Code);
        var listed = await RunAsync((Uri?)null, "jobs", "list", "latest", "--state", home.StateDirectory, "-o", "json");
        Assert.Equal("succeeded", listed.Json.GetProperty("items")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_bundle_for_support_holds_runs_store_and_logs_and_neither_secrets_nor_folders()
    {
        using var home = new Home();
        await using (var host = await home.StartAsync(new FakeRunner()))
        {
            await host.WaitAsync(await host.SubmitAsync(Market.Encoders("macd_momentum"), Market.Bars))
                .Within("the run");
        }

        Directory.CreateDirectory(Path.Combine(home.StateDirectory, "logs"));
        await File.WriteAllTextAsync(
            Path.Combine(home.StateDirectory, "logs", "a.log"), $"password=hunter2 in {home.StateDirectory}\n");
        var file = Path.Combine(Path.GetDirectoryName(home.StateDirectory)!, "bundle.zip");

        var made = await RunAsync((Uri?)null, "support", "bundle", file, "--state", home.StateDirectory);

        Assert.True(made.Code == 0, made.Error);
        using var zip = System.IO.Compression.ZipFile.OpenRead(file);
        Assert.Equal(
            ["about.txt", "logs/a.log", "runs.json", "settings.txt", "store.json"],
            zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            var text = await reader.ReadToEndAsync();
            Assert.NotEmpty(text);
            Assert.DoesNotContain("hunter2", text);
            Assert.DoesNotContain(home.StateDirectory, text);
        }

        Assert.Equal(6, (await RunAsync((Uri?)null, "support", "bundle", file, "--state", home.StateDirectory)).Code);
    }

    private static Task<Outcome> RunAsync(ApiHome api, params string[] words) => RunAsync(api.Address, words);

    private static async Task<Outcome> RunAsync(Uri? server, params string[] words)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var program = new TrainctlProgram(
            new CliConsole(output, error, outIsTerminal: false, errorIsTerminal: false, colour: false),
            TimeProvider.System);
        var code = await program.RunAsync(
            server is null ? words : [.. words, "--server", server.OriginalString.TrimEnd('/')]);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    private sealed record Outcome(int Code, string Out, string Error)
    {
        public JsonElement Json => Code == 0 || Out.Length > 0
            ? JsonDocument.Parse(Out).RootElement
            : throw new InvalidOperationException(Error);
    }
}
