using System.Net;
using Microsoft.AspNetCore.Http;
using TrainingCluster.Api.Http;

namespace TrainingCluster.Api.Security;

/// <summary>
/// Lets in whoever has a token. Without tokens the address is a loopback one and everybody on the machine may ask;
/// then only requests to a loopback name are taken, so that no web page can talk to it through a name of its own.
/// </summary>
internal sealed class Gate(ApiTokens? tokens)
{
    private const string Scheme = "Bearer ";

    /// <summary>Who asks; a word for the log of commands.</summary>
    public string Admit(HttpContext context)
    {
        if (tokens is null)
        {
            return IsLoopback(context.Request.Host.Host)
                ? "local"
                : throw new ApiException(421, "wrong_host", "this interface answers to localhost, 127.0.0.1 and [::1]");
        }

        var values = context.Request.Headers.Authorization;
        return values.Count == 1
            && values[0] is { } value
            && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && tokens.NameOf(value[Scheme.Length..].Trim()) is { } name
                ? name
                : throw new ApiException(401, "unauthorized", "a valid token is needed: Authorization: Bearer TOKEN");
    }

    private static bool IsLoopback(string host) =>
        host == "localhost"
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
