using System.Globalization;
using System.Net;
using System.Text.Json;

namespace TrainingCluster.MarketData.Sources.Http;

/// <summary>Asks a provider for JSON, once, and names whatever comes instead.</summary>
/// <param name="http">Its own timeout should not be shorter than <paramref name="timeout"/>.</param>
/// <param name="clock">For the timeout.</param>
/// <param name="timeout">Of a whole answer.</param>
internal sealed class ProviderClient(HttpClient http, TimeProvider clock, TimeSpan timeout)
{
    private const int LargestBody = 64 * 1024 * 1024;

    /// <exception cref="BarSourceException">There is no answer in JSON.</exception>
    public async Task<ProviderAnswer> GetAsync(Uri address, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("application/json");
            // Yahoo answers 429 to clients that do not name themselves in the way of a browser.
            request.Headers.UserAgent.ParseAdd("Mozilla/5.0 (compatible; trainctl)");
            using var response = await SendAsync(request, either.Token);
            RequireAnswer(address, response);
            var body = await ReadAsync(address, response, either.Token);
            return new ProviderAnswer((int)response.StatusCode, Parse(address, response.StatusCode, body));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new BarSourceException(FetchRule.TimedOut, string.Create(CultureInfo.InvariantCulture,
                $"{Place(address)} gave no whole answer within {timeout.TotalSeconds:0.###} s"));
        }
    }

    /// <summary>As errors name it: without the question.</summary>
    public static string Place(Uri address) => address.GetLeftPart(UriPartial.Path);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException error)
        {
            throw new BarSourceException(
                FetchRule.Unreachable,
                $"{Place(request.RequestUri!)} cannot be reached ({Reason(error)}); check the address and the network",
                error);
        }
    }

    private void RequireAnswer(Uri address, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var rule = status switch
        {
            429 or 418 => FetchRule.RateLimited,
            408 or >= 500 => FetchRule.ServerError,
            401 or 403 or 451 => FetchRule.Refused,
            _ => (FetchRule?)null,
        };
        if (rule is { } known)
        {
            throw new BarSourceException(known, $"{Place(address)} answered {Text(response.StatusCode)}")
            {
                RetryAfter = Asked(response),
            };
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "no content type";
        if (!type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            throw new BarSourceException(
                status < 400 ? FetchRule.WrongContentType : FetchRule.Refused,
                $"{Place(address)} answered {Text(response.StatusCode)} with {type} where application/json was "
                + "expected; open it in a browser to see what it says");
        }
    }

    private TimeSpan? Asked(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var asked = header?.Delta ?? header?.Date - clock.GetUtcNow();
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }

    private static async Task<byte[]> ReadAsync(
        Uri address, HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellation);
            using var body = new MemoryStream();
            var chunk = new byte[1 << 16];
            for (int read; (read = await content.ReadAsync(chunk, cancellation)) > 0;)
            {
                body.Write(chunk, 0, read);
                if (body.Length > LargestBody)
                {
                    throw new BarSourceException(
                        FetchRule.SchemaChanged, $"{Place(address)} answered more than {LargestBody} bytes");
                }
            }

            return body.ToArray();
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new BarSourceException(
                FetchRule.Truncated,
                $"{Place(address)} broke off in the middle of its answer ({Reason(broken)})", broken);
        }
    }

    private static JsonElement Parse(Uri address, HttpStatusCode status, byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException) when (IsStart(body))
        {
            throw new BarSourceException(
                FetchRule.Truncated, $"{Place(address)} sent {body.Length} bytes of JSON that end too early");
        }
        catch (JsonException mistake)
        {
            throw new BarSourceException(
                FetchRule.SchemaChanged,
                $"{Place(address)} answered {Text(status)} with what is no JSON at byte {mistake.BytePositionInLine}");
        }
    }

    /// <summary>Whether more bytes could make JSON of it.</summary>
    private static bool IsStart(byte[] body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, isFinalBlock: false, default);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Text(HttpStatusCode status) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)status} {status}");

    private static string Reason(Exception error) => error switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http =>
            http.HttpRequestError.ToString(),
        HttpIOException http => http.HttpRequestError.ToString(),
        _ => error.GetBaseException().Message,
    };
}
