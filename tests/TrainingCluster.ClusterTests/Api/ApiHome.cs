using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TrainingCluster.Api;
using TrainingCluster.Cluster.Data;
using TrainingCluster.Cluster.Hosting;
using TrainingCluster.Cluster.Serialization;
using TrainingCluster.ClusterTests.Fakes;
using TrainingCluster.Training.Jobs;

namespace TrainingCluster.ClusterTests.Api;

/// <summary>A cluster of one with its HTTP interface on a port of its own.</summary>
internal sealed class ApiHome : IAsyncDisposable
{
    public const string Token = "a-token-of-sixteen-or-more";

    private readonly Home _home;
    private readonly ApiServer _server;

    private ApiHome(Home home, ClusterHost host, ApiServer server, string? token)
    {
        _home = home;
        _server = server;
        Host = host;
        Http = new HttpClient { BaseAddress = server.Address, Timeout = Patience.Long };
        if (token is not null)
        {
            Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public ClusterHost Host { get; }

    public HttpClient Http { get; }

    public Uri Address => _server.Address;

    public string StateDirectory => _home.StateDirectory;

    public static async Task<ApiHome> StartAsync(IJobRunner? runner = null, bool withToken = false, string config = "")
    {
        var home = new Home();
        var host = await home.StartAsync(runner ?? new FakeRunner(), config: config);
        var file = "";
        if (withToken)
        {
            file = Path.Combine(home.StateDirectory, "tokens");
            await File.WriteAllTextAsync(file, $"# who may ask\nops:{Token}\n\nbot:another-token-of-length\n");
        }

        var server = await ApiServer.StartAsync(new ApiSetup(
            Options with { TokenFile = file }, host.Client, host.Artifacts, null, "1.2.3", TimeProvider.System));
        return new ApiHome(home, host, server, withToken ? Token : null);
    }

    public static ApiOptions Options { get; } = new()
    {
        Address = IPAddress.Loopback,
        Port = 0,
        TokenFile = "",
        RequestBytesMax = 64 * 1024,
        UploadBytesMax = 1 << 20,
        ConnectionsMax = 100,
    };

    public static byte[] Bars { get; } = BarSeriesArtifact.ToBytes(Market.Bars);

    public static string Body(RunSpec spec, int? priority = null) =>
        $$"""{"spec":{{Encoding.UTF8.GetString(RunSpecJson.Write(spec))}}{{(priority is null ? "" : $",\"priority\":{priority}")}}}""";

    public async Task PutBarsAsync() => Assert.Equal(
        HttpStatusCode.Created, (await SendAsync(HttpMethod.Put, $"artifacts/{Market.Bars.Digest.Hex}", Bars)).StatusCode);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return Http.SendAsync(new HttpRequestMessage(method, "/api/v1/" + path) { Content = content });
    }

    /// <param name="key">Null: none is sent.</param>
    public Task<HttpResponseMessage> PostAsync(string path, string? key, string? json = null, HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Post, "/api/v1/" + path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return Http.SendAsync(request);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        var response = await Http.GetAsync("/api/v1/" + path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    /// <returns>The run's id.</returns>
    public async Task<string> SubmitAsync(RunSpec spec, string key = "submit-1", int? priority = null)
    {
        var response = await PostAsync("runs", key, Body(spec, priority));
        var json = await JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, json.ToString());
        var run = json.GetProperty("runId").GetString()!;
        Assert.Equal($"/api/v1/runs/{run}", response.Headers.Location!.OriginalString);
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        await Host.DisposeAsync();
        _home.Dispose();
    }
}
