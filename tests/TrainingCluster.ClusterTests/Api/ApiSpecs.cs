using System.Net;
using System.Text.Json;
using TrainingCluster.Cluster.Runs;
using TrainingCluster.ClusterTests.Fakes;

namespace TrainingCluster.ClusterTests.Api;

/// <summary>What programs do over HTTP, on a cluster of one with learners that compute nothing.</summary>
public sealed class ApiSpecs
{
    [Fact]
    public async Task Bars_are_put_a_run_is_submitted_followed_to_its_end_and_its_versions_are_verified()
    {
        await using var api = await ApiHome.StartAsync();
        await api.PutBarsAsync();
        var run = await api.SubmitAsync(Market.Pipeline("macd_momentum"), priority: 7);

        var events = await ReadEventsAsync(api, run);

        Assert.Equal("snapshot", events[0].Name);
        Assert.Equal("end", events[^1].Name);
        Assert.Equal("succeeded", events[^1].Data.GetProperty("status").GetString());
        Assert.Contains(events, item => item.Name == "job" || item.Name == "end");
        var shown = await api.GetAsync($"runs/{run}");
        Assert.Equal(7, shown.GetProperty("priority").GetInt32());
        Assert.Equal(4, shown.GetProperty("jobs").GetArrayLength());
        var line = Assert.Single((await api.GetAsync("runs")).GetProperty("items").EnumerateArray());
        Assert.Equal((run, 4), (line.GetProperty("runId").GetString(), line.GetProperty("jobsDone").GetInt32()));
        var versions = (await api.GetAsync("versions?type=ppo")).GetProperty("items");
        Assert.Equal("ppo/macd_momentum@1.0.0", Assert.Single(versions.EnumerateArray()).GetProperty("id").GetString());
        var version = await api.GetAsync("versions/ppo/macd_momentum/1.0.0");
        Assert.Equal(run, version.GetProperty("runId").GetString());
        Assert.True((await api.GetAsync("versions/ppo/macd_momentum/1.0.0/integrity")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task Versions_come_in_pages()
    {
        await using var api = await ApiHome.StartAsync();
        await api.PutBarsAsync();
        await ReadEventsAsync(api, await api.SubmitAsync(Market.Pipeline("macd_momentum")));

        var first = await api.GetAsync("versions?pageSize=3");
        var token = first.GetProperty("nextPageToken").GetString();
        var second = await api.GetAsync($"versions?pageSize=3&pageToken={token}");

        Assert.Equal(3, first.GetProperty("items").GetArrayLength());
        Assert.Equal(1, second.GetProperty("items").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextPageToken").ValueKind);
    }

    [Fact]
    public async Task A_damaged_artifact_fails_the_check_of_its_version()
    {
        await using var api = await ApiHome.StartAsync();
        await api.PutBarsAsync();
        await ReadEventsAsync(api, await api.SubmitAsync(Market.Encoders("macd_momentum")));
        var version = await api.GetAsync("versions/cnn_lstm/macd_momentum/1.0.0");
        var digest = version.GetProperty("artifacts")[0].GetProperty("sha256").GetString()!;
        var path = Path.Combine(api.StateDirectory, "artifacts", "sha256", digest[..2], digest);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[0] ^= 1;
        File.Delete(path);
        await File.WriteAllBytesAsync(path, bytes);

        var checkedNow = await api.GetAsync("versions/cnn_lstm/macd_momentum/1.0.0/integrity");

        Assert.False(checkedNow.GetProperty("ok").GetBoolean());
        Assert.Contains(checkedNow.GetProperty("files").EnumerateArray(),
            file => file.GetProperty("sha256").GetString() == digest && file.GetProperty("status").GetString() == "corrupt");
    }

    [Fact]
    public async Task A_run_is_paused_explained_resumed_and_cancelled_and_who_did_it_is_remembered()
    {
        var gate = new Gate("ppo/macd_momentum");
        await using var api = await ApiHome.StartAsync(new FakeRunner(gate.PassAsync), withToken: true);
        await api.PutBarsAsync();
        var run = await api.SubmitAsync(Market.Pipeline("macd_momentum"));
        await gate.Reached.Within("the agent");

        Assert.Equal(HttpStatusCode.Accepted, (await api.PostAsync($"runs/{run}/pause", "p-1")).StatusCode);
        await api.Host.WaitAsync(RunId.Parse(run)).Within("the pause");
        var why = await api.GetAsync($"runs/{run}/jobs/ppo/macd_momentum/explanation");
        Assert.Contains("its run is paused", why.GetProperty("why")[0].GetString());

        gate.Open();
        await api.PostAsync($"runs/{run}/resume", "r-1");
        Assert.Equal(HttpStatusCode.Accepted, (await api.PostAsync($"runs/{run}/cancel", "c-1")).StatusCode);
        Assert.Equal("cancelled", (await api.GetAsync($"runs/{run}")).GetProperty("status").GetString());

        var commands = (await api.GetAsync("commands")).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(
            ["run.cancel", "run.resume", "run.pause", "run.submit"],
            commands.Select(command => command.GetProperty("verb").GetString()));
        Assert.All(commands, command => Assert.Equal("token:ops", command.GetProperty("by").GetString()));
        Assert.Equal("p-1", commands[2].GetProperty("commandId").GetString());
    }

    [Fact]
    public async Task One_job_is_paused_while_others_go_on_then_resumed_and_another_is_cancelled_and_retried()
    {
        var gate = new Gate("cnn_lstm/macd_momentum");
        await using var api = await ApiHome.StartAsync(new FakeRunner(gate.PassAsync));
        await api.PutBarsAsync();
        var run = await api.SubmitAsync(Market.Encoders("macd_momentum", "atr_breakout"));
        await gate.Reached.Within("the encoder");

        await api.PostAsync($"runs/{run}/jobs/cnn_lstm/macd_momentum/pause", "p-1");
        await UntilAsync(api, run, "cnn_lstm/macd_momentum", "paused");
        await UntilAsync(api, run, "cnn_lstm/atr_breakout", "succeeded");
        Assert.Equal(1, (await api.GetAsync($"runs/{run}/jobs/cnn_lstm/macd_momentum")).GetProperty("preemptions").GetInt32());

        await api.PostAsync($"runs/{run}/jobs/cnn_lstm/macd_momentum/cancel", "c-1");
        await UntilAsync(api, run, "cnn_lstm/macd_momentum", "cancelled");
        gate.Open();
        Assert.Equal(
            HttpStatusCode.Accepted, (await api.PostAsync($"runs/{run}/jobs/cnn_lstm/macd_momentum/retry", "t-1")).StatusCode);
        await UntilAsync(api, run, "cnn_lstm/macd_momentum", "succeeded");
        Assert.Equal("succeeded", (await api.GetAsync($"runs/{run}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_same_key_is_the_same_command_and_another_command_under_it_is_refused()
    {
        await using var api = await ApiHome.StartAsync();
        await api.PutBarsAsync();

        var first = await api.SubmitAsync(Market.Encoders("macd_momentum"), "once");
        var second = await api.SubmitAsync(Market.Encoders("macd_momentum"), "once");
        var other = await api.PostAsync("runs", "once", ApiHome.Body(Market.Encoders("atr_breakout")));

        Assert.Equal(first, second);
        Assert.Single((await api.GetAsync("runs")).GetProperty("items").EnumerateArray());
        Assert.Equal((HttpStatusCode)422, other.StatusCode);
        Assert.Equal("command_id_reused", (await ApiHome.JsonAsync(other)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_full_cluster_says_when_to_come_back_and_a_run_on_bars_it_does_not_have_what_to_do()
    {
        var gate = new Gate("cnn_lstm/macd_momentum");
        await using var api = await ApiHome.StartAsync(
            new FakeRunner(gate.PassAsync), config: "training.coordinator.runs-max = 1");
        var without = await api.PostAsync("runs", "k-1", ApiHome.Body(Market.Encoders("macd_momentum")));
        Assert.Equal("unknown_data", (await ApiHome.JsonAsync(without)).GetProperty("code").GetString());
        await api.PutBarsAsync();
        await api.SubmitAsync(Market.Encoders("macd_momentum"));

        var full = await api.PostAsync("runs", "k-2", ApiHome.Body(Market.Encoders("atr_breakout")));

        Assert.Equal(HttpStatusCode.TooManyRequests, full.StatusCode);
        Assert.NotNull(full.Headers.RetryAfter);
        Assert.True((await ApiHome.JsonAsync(full)).GetProperty("retryable").GetBoolean());
        gate.Open();
    }

    [Fact]
    public async Task The_cluster_says_who_holds_what_and_health_needs_no_token()
    {
        await using var api = await ApiHome.StartAsync(withToken: true);

        JsonElement cluster, node;
        do
        {
            cluster = await api.GetAsync("cluster");
            node = Assert.Single(cluster.GetProperty("nodes").EnumerateArray());
        }
        while (node.GetProperty("slots").ValueKind == JsonValueKind.Null);

        Assert.Equal(2, node.GetProperty("slots").GetInt32());
        Assert.Equal(
            node.GetProperty("node").GetString(), cluster.GetProperty("coordinator").GetProperty("node").GetString());
        Assert.Equal(
            node.GetProperty("node").GetString(), cluster.GetProperty("registry").GetProperty("node").GetString());
        Assert.True(cluster.GetProperty("coordinator").GetProperty("epoch").GetInt64() > 0);
        Assert.Equal("1.2.3", cluster.GetProperty("version").GetString());

        using var stranger = new HttpClient { BaseAddress = api.Address };
        foreach (var path in new[] { "/livez", "/readyz", "/startupz" })
        {
            Assert.Equal("ok\n", await stranger.GetStringAsync(path));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/runs")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/no/such/address")).StatusCode);
    }

    [Fact]
    public async Task An_address_that_takes_other_methods_says_which()
    {
        await using var api = await ApiHome.StartAsync();

        var refused = await api.Http.DeleteAsync("/api/v1/runs");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
        Assert.Equal(["GET", "POST"], refused.Content.Headers.Allow.Order());
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
    }

    private static async Task UntilAsync(ApiHome api, string run, string job, string status)
    {
        using var patience = new CancellationTokenSource(Patience.Long);
        while ((await api.GetAsync($"runs/{run}/jobs/{job}")).GetProperty("status").GetString() != status)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static async Task<List<(string Name, JsonElement Data)>> ReadEventsAsync(ApiHome api, string run)
    {
        using var patience = new CancellationTokenSource(Patience.Long);
        await using var stream = await api.Http.GetStreamAsync($"/api/v1/runs/{run}/events", patience.Token);
        using var reader = new StreamReader(stream);
        var (events, name) = (new List<(string, JsonElement)>(), "");
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                events.Add((name, JsonDocument.Parse(line[6..]).RootElement));
            }
        }

        return events;
    }
}
