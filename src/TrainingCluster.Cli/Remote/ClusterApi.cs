using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TrainingCluster.Cli.Errors;
using TrainingCluster.Cli.Output;
using TrainingCluster.MarketData.Content;

namespace TrainingCluster.Cli.Remote;

/// <summary>
/// Asks a cluster over HTTP. Each command to it goes under an id of its own and is sent again under the same one where
/// the answer is lost, so that it counts once.
/// </summary>
internal sealed class ClusterApi : IDisposable
{
    private const int TriesMax = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private int _commands;

    /// <param name="tokenFile">Null: no token is sent.</param>
    public ClusterApi(Uri server, string? tokenFile, TimeProvider clock)
    {
        Server = server;
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            BaseAddress = new Uri(server, "/api/v1/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (tokenFile is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(tokenFile));
        }
    }

    public Uri Server { get; }

    /// <param name="path">Below <c>/api/v1/</c>.</param>
    /// <exception cref="UserErrorException">It was refused, or the cluster cannot be reached.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellation = default) =>
        Parse<T>(await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellation));

    /// <inheritdoc cref="GetAsync"/>
    public async Task<T> CommandAsync<T>(
        HttpMethod method, string path, object? body, CancellationToken cancellation = default)
    {
        var id = NewId();
        var json = body is null ? null : body as string ?? JsonSerializer.Serialize(body, JsonOutput.Options);
        return Parse<T>(await SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(method, path);
                request.Headers.Add("Idempotency-Key", id);
                request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
                return request;
            },
            cancellation));
    }

    /// <summary>Puts bytes into the store of artifacts unless they are there.</summary>
    public async Task PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        var path = $"artifacts/{Digest.Of(content.Span).Hex}";
        using (var there = await TryAsync(new HttpRequestMessage(HttpMethod.Head, path), cancellation))
        {
            if (there.IsSuccessStatusCode)
            {
                return;
            }
        }

        await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Put, path)
            {
                Content = new ReadOnlyMemoryContent(content)
                {
                    Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") },
                },

                // Bars that are refused for their size need not be sent, and the refusal arrives whole.
                Headers = { ExpectContinue = true },
            },
            cancellation);
    }

    /// <summary>Server-sent events until the stream ends.</summary>
    public async IAsyncEnumerable<(string Name, string Data)> EventsAsync(
        string path,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var response = await TryAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellation);
        await RequireAsync(response, cancellation);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var reader = new StreamReader(stream);
        var name = "";
        while (await ReadAsync(reader, cancellation) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                yield return (name, line[6..]);
            }
        }
    }

    public static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonOutput.Options)
        ?? throw new UserErrorException(
            new UserError(ExitCode.Failed, "server.answer", "the server's answer is empty"));

    public void Dispose() => _http.Dispose();

    // A stream that breaks off has ended: whoever reads it asks again.
    private static async Task<string?> ReadAsync(StreamReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadLineAsync(cancellation);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return null;
        }
    }

    private async Task<string> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            using var response = await TryAsync(make(), cancellation);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable && tries < TriesMax)
            {
                await Task.Delay(TimeSpan.FromSeconds(tries), _clock, cancellation);
                continue;
            }

            await RequireAsync(response, cancellation);
            return await response.Content.ReadAsStringAsync(cancellation);
        }
    }

    private async Task<HttpResponseMessage> TryAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation)
                .WaitAsync(Patience, _clock, cancellation);
        }
        catch (Exception silent) when (silent is HttpRequestException or TimeoutException)
        {
            throw new UserErrorException(new UserError(ExitCode.Unreachable, "server.unreachable",
                $"the cluster at {Server} does not answer: {silent.Message}")
            {
                Hints = ["a node with the role api offers it: trainctl node start --role …,api"],
            });
        }
    }

    private async Task RequireAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var text = await response.Content.ReadAsStringAsync(cancellation);
        var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? Parse<ProblemReply>(text)
            : new ProblemReply("answer", $"the answer was {(int)response.StatusCode}", []);
        throw new UserErrorException(new UserError(
            ExitCodeOf(response.StatusCode), $"server.{problem.Code}", problem.Detail)
        {
            Details = [.. problem.Errors],
        });
    }

    private static int ExitCodeOf(HttpStatusCode status) => (int)status switch
    {
        401 or 403 => ExitCode.Permission,
        404 => ExitCode.NotFound,
        409 or 412 or 429 => ExitCode.Conflict,
        503 => ExitCode.Unreachable,
        >= 500 => ExitCode.Failed,
        _ => ExitCode.Usage,
    };

    private static string TokenOf(string path)
    {
        var line = File.ReadLines(path).Select(line => line.Trim()).FirstOrDefault(
            line => line.Length > 0 && line[0] != '#')
            ?? throw new UserErrorException(new UserError(
                ExitCode.Usage, "server.token", $"the token file {path} holds no token"));
        return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    // Unique for this process on this machine at this time.
    private string NewId() => string.Create(CultureInfo.InvariantCulture,
        $"{Environment.MachineName}-{Environment.ProcessId}-"
            + $"{_clock.GetUtcNow().ToUnixTimeMilliseconds()}-{++_commands}");

    private sealed record ProblemReply(string Code, string Detail, IReadOnlyList<string> Errors);
}

/// <summary>A list as the server sends it.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextPageToken);
