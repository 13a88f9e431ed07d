using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using TrainingCluster.Cluster.Data;
using TrainingCluster.ClusterTests.Fakes;

namespace TrainingCluster.ClusterTests.Api;

/// <summary>A request that must be refused.</summary>
/// <param name="Codes">Those that are right.</param>
internal sealed record BadRequest(string What, Func<HttpRequestMessage> Make, params int[] Codes);

/// <summary>Draws bad requests: one good request each, with one thing wrong.</summary>
internal sealed class BadRequests(int seed, string token)
{
    private static readonly string Good = ApiHome.Body(Market.Encoders("macd_momentum"));

    private readonly Random _random = new(seed);
    private readonly HashSet<string> _kinds = [];

    public int Kinds => _kinds.Count;

    public BadRequest Next()
    {
        var bad = _random.Next(24) switch
        {
            0 => Post("json cut short", "runs", Good[..(1 + _random.Next(Good.Length - 2))], 400),
            1 => Post("json with a byte changed", "runs", Changed(), 400, 422),
            2 => Post("json too deep", "runs", new string('[', 40 + _random.Next(500)), 400),
            3 => Post("bytes that are no text", "runs", Noise(200), 400),
            4 => Post("another kind of json", "runs",
                Pick("null", "[]", "7", "\"spec\"", "{}", "{\"spec\":null,\"x\":1}"), 400),
            5 => Post("a spec of another kind", "runs",
                $"{{\"spec\":{Pick("null", "[]", "7", "\"x\"", "true")}}}", 422),
            6 or 7 or 8 => Post("a member of another kind", "runs", WrongMember(), 422),
            9 => Post("a member missing", "runs", WithoutMember(), 422),
            10 => Post("an unknown member", "runs", WithMember(Word(), JsonValue.Create(1)), 422),
            11 => Post("a priority that is none", "runs",
                Good[..^1] + ",\"priority\":" + Pick("101", "-101") + "}", 422),
            12 => Post("a priority of another kind", "runs",
                Good[..^1] + ",\"priority\":" + Pick("\"1\"", "1.5", "null", "[]", "99999999999") + "}", 400),
            13 => Post("bars that are not there", "runs",
                WithMember("data", JsonValue.Create(new string('a', 64))), 422),
            14 => Post("too large a body", "runs",
                WithMember("dataName", JsonValue.Create(new string('x', 70_000 + _random.Next(50_000)))), 413),
            15 => Get("a run's id", $"runs/{Garbage()}", 400, 404),
            16 => Get("a job's id", $"runs/v_20240101_000000/jobs/{Garbage()}/{Garbage()}", 400, 404),
            17 => Get("a version's id", $"versions/{Garbage()}/{Garbage()}/{Garbage()}", 400, 404),
            18 => Get("an address", $"{Word()}/{Garbage()}", 400, 404),
            19 => Get("a parameter",
                Pick("runs", "versions", "commands") + Pick("?pageSize=0", "?pageSize=x", "?pageSize=1&pageSize=2",
                    "?pageSize=99999999999", "?" + Word() + "=1", "?pageSize="), 400),
            20 => Command(),
            21 => WithoutKey(),
            22 => Upload(),
            _ => WithWrongToken(),
        };
        _kinds.Add(bad.What);
        return bad;
    }

    public static IEnumerable<byte[]> NoHttp()
    {
        var noise = new byte[300];
        new Random(3).NextBytes(noise);
        yield return noise;
        yield return "GET\r\n\r\n"u8.ToArray();
        yield return "GET /livez HTTP/1.1\r\n\r\n"u8.ToArray();
        yield return "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"u8.ToArray();
        yield return "POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n"u8.ToArray();
        yield return Encoding.ASCII.GetBytes(
            "POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");
        yield return Encoding.ASCII.GetBytes($"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        yield return Encoding.ASCII.GetBytes(
            $"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('a', 50_000)}\r\n\r\n");
    }

    /// <returns>The first line of the answer; empty where there is none.</returns>
    public static async Task<string> SendRawAsync(Uri address, byte[] bytes)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await using var stream = socket.GetStream();
        try
        {
            await stream.WriteAsync(bytes);
            socket.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadLineAsync() ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private BadRequest Command()
    {
        var path = $"runs/{Pick("v_20240101_000000", "v_20240101_000000_2")}";
        return _random.Next(4) switch
        {
            0 => Send("a command to a run that is not there", HttpMethod.Post,
                $"{path}/{Pick("pause", "resume", "cancel")}", null, 404),
            1 => Send("a command to a job that is not there", HttpMethod.Post,
                $"{path}/jobs/ppo/x/{Pick("pause", "resume", "cancel", "retry", "quarantine")}", null, 404),
            2 => Send("an unknown command", HttpMethod.Post, $"{path}/{Word()}", null, 404),
            _ => Send("a body that nobody reads", HttpMethod.Post, $"{path}/pause", new StringContent("{}"), 400),
        };
    }

    private BadRequest WithoutKey() => _random.Next(3) switch
    {
        0 => new BadRequest("no key", () => Request(HttpMethod.Post, "runs", Json(Good)), 400),
        1 => new BadRequest("a key with a space", () =>
            Keyed(Request(HttpMethod.Post, "runs", Json(Good)), "a b"), 400),
        _ => new BadRequest("another type of content", () => Keyed(
            Request(HttpMethod.Post, "runs",
                new StringContent(Good, Encoding.UTF8, Pick("text/plain", "application/xml"))),
            "k"), 415),
    };

    private BadRequest Upload()
    {
        var bars = BarSeriesArtifact.ToBytes(Market.Bars);
        var hex = Market.Bars.Digest.Hex;
        var noise = Encoding.Latin1.GetBytes(Noise(100 + _random.Next(100)));
        return _random.Next(5) switch
        {
            0 => Put("bytes under another digest", new string('0', 64), bars, 422),
            1 => Put("bytes that are no bars", MarketData.Content.Digest.Of(noise).Hex, noise, 422),
            2 => Put("a digest in capitals", hex.ToUpperInvariant(), bars, 400),
            3 => Put("a digest that is none", Garbage(), bars, 400, 404, 405),
            _ => Put("too large an upload", hex, new byte[(1 << 20) + 1 + _random.Next(1000)], 413),
        };
    }

    private BadRequest WithWrongToken()
    {
        var wrong = Pick("", "x", token[..^1], token + "x", token.ToUpperInvariant(), "Bearer", new string('t', 4000));
        var scheme = Pick("Bearer", "Basic", "Token");
        return new BadRequest("a wrong token", () =>
        {
            var request = Request(HttpMethod.Get, Pick("runs", "cluster", Word()), null);
            request.Headers.Remove("Authorization");
            request.Headers.TryAddWithoutValidation("Authorization", scheme + " " + wrong);
            return request;
        }, 401);
    }

    private string WrongMember()
    {
        var (name, value) = _random.Next(12) switch
        {
            0 => ("dataName", Pick("null", "7", "[]", "{}")),
            1 => ("data", Pick("null", "7", "\"x\"", "[]", $"\"{new string('Z', 64)}\"")),
            2 => ("strategies",
                Pick("null", "7", "\"x\"", "[]", "[null]", "[7]", "[\"no_such\"]", "[\"../../etc\"]", "{}")),
            3 => ("stages", Pick("null", "[]", "[99]", "[\"x\"]", "[null]", "\"cnnLstm\"")),
            4 => ("agents", Pick("null", "7", "[null]", "{}", "[[]]")),
            5 => ("budget", Pick("null", "\"endless\"", "99", "[]")),
            6 => ("seed", Pick("null", "-1", "1.5", "\"7\"", "99999999999999999999999")),
            7 => ("threadsPerJob", Pick("null", "0", "-1", "\"1\"", "99999999999")),
            8 => ("jobTimeout", Pick("null", "7", "\"soon\"", "\"-00:05:00\"", "\"00:00:00\"")),
            9 => ("feeRatio", Pick("null", "-1", "\"NaN\"", "1e999", "[]")),
            10 => ("inputs", Pick("null", "7", "[null]", "[{}]", "[{\"role\":\"encoder\"}]")),
            _ => ("definitions",
                Pick("7", "[]", "{\"texts\":null}", "{\"texts\":{\"a\":null}}", "{\"texts\":{\"a\":\"b(\"}}")),
        };
        return With(name, value);
    }

    // As text, so that a value may be one that no program would write.
    private static string With(string name, string value)
    {
        var body = JsonNode.Parse(Good)!;
        body["spec"]![name] = "@";
        return body.ToJsonString().Replace($"\"{name}\":\"@\"", $"\"{name}\":{value}", StringComparison.Ordinal);
    }

    private static string WithMember(string name, JsonNode value)
    {
        var body = JsonNode.Parse(Good)!;
        body["spec"]![name] = value;
        return body.ToJsonString();
    }

    private string WithoutMember()
    {
        var body = JsonNode.Parse(Good)!;
        body["spec"]!.AsObject().Remove(Pick("dataName", "data", "strategies", "stages", "agents", "budget", "seed"));
        return body.ToJsonString();
    }

    // Some byte outside of strings and names becomes one that cannot stand there.
    private string Changed()
    {
        var places = Enumerable.Range(0, Good.Length).Where(i => Good[i] is '{' or '}' or '[' or ']' or ':').ToArray();
        var place = places[_random.Next(places.Length)];
        return Good[..place] + Pick(";", "\0", "x", "\"") + Good[(place + 1)..];
    }

    private string Garbage() => _random.Next(8) switch
    {
        0 => "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        1 => "v_99999999_999999x",
        2 => Uri.EscapeDataString(Noise(12)),
        3 => new string('a', 300 + _random.Next(2000)),
        4 => "%00",
        5 => "'%20OR%201=1%20--",
        6 => "%E2%98%83" + Word(),
        _ => "V_20240101_000000",
    };

    private string Word() =>
        "z" + string.Concat(Enumerable.Range(0, 3 + _random.Next(6)).Select(_ => (char)('a' + _random.Next(26))));

    private string Noise(int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => (char)(128 + _random.Next(100))));

    private T Pick<T>(params T[] items) => items[_random.Next(items.Length)];

    private BadRequest Post(string what, string path, string json, params int[] codes) =>
        Send(what, HttpMethod.Post, path, Json(json), codes);

    private BadRequest Get(string what, string path, params int[] codes) =>
        new(what, () => Request(HttpMethod.Get, path, null), codes);

    private BadRequest Put(string what, string digest, byte[] bytes, params int[] codes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return Send(what, HttpMethod.Put, $"artifacts/{digest}", content, codes);
    }

    private BadRequest Send(string what, HttpMethod method, string path, HttpContent? content, params int[] codes)
    {
        var key = $"k-{_random.Next()}";
        return new BadRequest(what, () => Keyed(Request(method, path, content), key), codes);
    }

    private static HttpRequestMessage Keyed(HttpRequestMessage request, string key)
    {
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return request;
    }

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, "/api/v1/" + path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        // A refusal may come before the body has been sent, which would break the pipe that it is sent through.
        request.Headers.ExpectContinue = content is not null;
        return request;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
